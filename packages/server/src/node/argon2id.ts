import { hashRaw } from '@node-rs/argon2';
import type { SlowHash } from '../index.ts';

/** The library's name for it is a `const enum`, which modules compiled one by one can't read. */
const argon2idNumber = 2;

/** Argon2id (RFC 9106) at OWASP's minimum: 19 MiB, two passes, one lane; about 50 ms on one core. */
export const argon2id = (): SlowHash => ({
  id: 'argon2id-19456-2-1',
  derive: (text, salt) =>
    hashRaw(text, {
      algorithm: argon2idNumber,
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
      outputLen: 32,
      salt,
    }),
});
