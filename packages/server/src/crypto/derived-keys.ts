import { base64url } from 'jose';
import type { Key } from './keys.ts';

/** What is derived from one generation, one key for each use. */
export interface DerivedKeys {
  codes: CryptoKey;
  tokens: CryptoKey;
  seals: CryptoKey;
}

/** What outlives generations: the keys of hashes that can't be made anew. */
export interface LastingKeys {
  indexes: CryptoKey;
  peppers: CryptoKey;
}

const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
const aes = { name: 'AES-GCM', length: 256 };

const encoder = new TextEncoder();

/** Derives one key per use (HKDF, RFC 5869), so that no two uses share one. */
const deriver = async (
  secret: string,
): Promise<(use: string, algorithm: typeof hmac | typeof aes) => Promise<CryptoKey>> => {
  const master = await crypto.subtle.importKey('raw', base64url.decode(secret).slice(), 'HKDF', false, ['deriveKey']);
  return (use, algorithm) => {
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(`countersign/${use}`) };
    const usages: KeyUsage[] = algorithm === aes ? ['encrypt', 'decrypt'] : ['sign'];
    return crypto.subtle.deriveKey(hkdf, master, algorithm, false, usages);
  };
};

/** The keys of one generation. */
export const deriveKeys = async ({ secret }: Key): Promise<DerivedKeys> => {
  const derive = await deriver(secret);
  return { codes: await derive('codes', hmac), tokens: await derive('token', hmac), seals: await derive('seal', aes) };
};

/** The keys that all generations of a ring share. */
export const deriveLasting = async (stable: Key['stable']): Promise<LastingKeys> => {
  const derive = await deriver(stable);
  return { indexes: await derive('index', hmac), peppers: await derive('pepper', hmac) };
};
