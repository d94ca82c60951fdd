import { scryptAsync } from '@noble/hashes/scrypt.js';
import { base64url } from 'jose';
import { type Random, randomToken } from './random.ts';
import { equalDigests, type Vault } from './vault.ts';

/** A hash that is slow on purpose, for what people choose and for what they type from paper. */
export interface SlowHash {
  /** Names the algorithm and its costs; kept beside each hash. */
  id: string;
  /** 32 bytes. */
  derive(text: string, salt: Uint8Array): Promise<Uint8Array>;
  /** Set by hashes that are quick so that tests are; production refuses them. */
  isForTests?: true;
}

/** scrypt at OWASP's minimum (N = 2¹⁷, r = 8, p = 1), for platforms without Argon2id. */
export const scrypt = (): SlowHash => ({
  id: 'scrypt-17-8-1',
  derive: (text, salt) => scryptAsync(text, salt, { N: 2 ** 17, r: 8, p: 1, dkLen: 32 }),
});

/** Makes and checks slow hashes, all of them under a key that is not in the database (a pepper). */
export interface SecretHasher {
  /** `salt` is base64url. */
  hash(text: string, salt: string): Promise<string>;
  /** A hash with a salt of its own, to be stored. */
  create(text: string): Promise<string>;
  /** Takes as long for null as for a stored hash, so that nobody learns which users there are. */
  verify(text: string, stored: string | null): Promise<boolean>;
}

export const createSecretHasher = (slow: SlowHash, vault: Vault, random: Random): SecretHasher => {
  const hash = async (text: string, salt: string): Promise<string> =>
    vault.pepper([slow.id, base64url.encode(await slow.derive(text, base64url.decode(salt)))]);
  const create = async (text: string): Promise<string> => {
    const salt = randomToken(random);
    return [slow.id, salt, await hash(text, salt)].join('$');
  };
  return {
    hash,
    create,
    async verify(text, stored) {
      const [id, salt, expected] = (stored ?? '').split('$');
      const known = id === slow.id && salt !== undefined && expected !== undefined;
      const actual = await hash(text, known ? salt : randomToken(random));
      if (stored !== null && !known) throw new Error(`a password was hashed with "${id}", not with "${slow.id}"`);
      return known && equalDigests(actual, expected);
    },
  };
};
