import { scryptAsync } from '@noble/hashes/scrypt.js';
import { base64url } from 'jose';
import { type Random, randomToken } from './random.ts';
import { placeAmong, type Vault } from './vault.ts';

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
  /** The place of the hash that is of this text, among some under one salt; -1 where none is. */
  find(text: string, salt: string, hashes: readonly string[]): Promise<number>;
  /** A hash with a salt of its own, to be stored. */
  create(text: string): Promise<string>;
  /** Takes as long for null as for a stored hash, so that nobody learns which users there are. */
  verify(text: string, stored: string | null): Promise<boolean>;
  /** Whether a stored hash is one that {@link SecretHasher.create} would make now. */
  isCurrent(stored: string): boolean;
}

/** What secrets are hashed with, and what they were hashed with before. */
export interface SlowHashes {
  current: SlowHash;
  former: readonly SlowHash[];
}

export const createSecretHasher = ({ current, former }: SlowHashes, vault: Vault, random: Random): SecretHasher => {
  const all = [current, ...former];
  const hashBy = async (slow: SlowHash, text: string, salt: string): Promise<string> =>
    vault.pepper([slow.id, base64url.encode(await slow.derive(text, base64url.decode(salt)))]);
  const hash = (text: string, salt: string): Promise<string> => hashBy(current, text, salt);

  const find: SecretHasher['find'] = async (text, salt, hashes) => {
    let place = -1;
    // Each of them is derived, whichever it was: the time must not tell who has not signed in for long.
    for (const slow of all) {
      place = Math.max(place, placeAmong(hashes, await hashBy(slow, text, salt)));
    }
    return place;
  };

  return {
    hash,
    find,
    async create(text) {
      const salt = randomToken(random);
      return [current.id, salt, await hash(text, salt)].join('$');
    },
    async verify(text, stored) {
      const [id, salt = randomToken(random), expected] = stored?.split('$') ?? [];
      if (id !== undefined && !all.some((slow) => slow.id === id)) {
        throw new Error(`a password was hashed with "${id}", which is neither slowHash nor among formerHashes`);
      }
      return (await find(text, salt, expected === undefined ? [] : [expected])) === 0;
    },
    isCurrent: (stored) => stored.startsWith(`${current.id}$`),
  };
};
