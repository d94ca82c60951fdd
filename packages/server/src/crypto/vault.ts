import { base64url } from 'jose';
import { deriveKeys, deriveLasting, type DerivedKeys } from './derived-keys.ts';
import type { KeyRing } from './keys.ts';
import type { Random } from './random.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Joins parts so that no two lists of parts give the same bytes. */
const lengthPrefixed = (parts: readonly string[]): Uint8Array<ArrayBuffer> =>
  encoder.encode(parts.map((part) => `${encoder.encode(part).length}:${part}`).join(''));

/** Everything that needs a key: keyed hashes, a blind index, and sealing of what must be read again. */
export interface Vault {
  /** The key that new rows are made with. */
  keyId: string;
  /** All keys, that one first. */
  keyIds: readonly string[];
  /** HMAC-SHA-256 of a code and all that it is bound to. `keyId`: the key of what it is compared with. Default: the first. */
  hashCode(parts: readonly string[], keyId?: string): Promise<string>;
  /** HMAC-SHA-256 under a key that stays, to find equal values without reading them. */
  index(parts: readonly string[]): Promise<string>;
  /** HMAC-SHA-256 over a slow hash, under a key that stays, so that a stolen database alone can't be guessed at. */
  pepper(parts: readonly string[]): Promise<string>;
  /** A bearer secret of 256 bits that the same parts and key always give; nobody without the key can make it. */
  token(parts: readonly string[], keyId?: string): Promise<string>;
  /** The same under each key, the first one first. */
  tokens(parts: readonly string[]): Promise<string[]>;
  /** Whether it is the token of these parts under any key; compared in a time that does not depend on where they differ. */
  isToken(given: string, parts: readonly string[]): Promise<boolean>;
  /** AES-256-GCM; `context` must be the same when it is opened again, so that a row moved elsewhere does not open. */
  seal(text: string, context: readonly string[]): Promise<string>;
  /** Throws when the text was changed, or sealed under another context, or under a key that is not there. */
  open(sealed: string, context: readonly string[]): Promise<string>;
}

/** The id of the key that sealed it, which may not be the first any more. */
export const sealedBy = (sealed: string): string => sealed.split('.', 1)[0] ?? '';

/** SHA-256 in base64url; for secrets that are random themselves, so that no key is needed. */
export const hashToken = async (token: string): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(token))));

/** Compares digests of equal length in a time that does not depend on where they differ. */
export const equalDigests = (a: string, b: string): boolean => {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
};

/** Compares hashes of tokens; null, which stands for no token, is the same as null alone. */
export const sameHash = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : equalDigests(a, b);

/** The place of a digest among these; -1 for none. Each is compared, whichever it is. */
export const placeAmong = (digests: readonly string[], actual: string): number =>
  digests.map((digest) => equalDigests(digest, actual)).indexOf(true);

/** The place of the hash of the token among these; -1 for none. */
export const placeOf = async (token: string, hashes: readonly string[]): Promise<number> =>
  placeAmong(hashes, await hashToken(token));

const gcm = (iv: Uint8Array, context: readonly string[]): AesGcmParams => ({
  name: 'AES-GCM',
  iv: iv.slice(),
  additionalData: lengthPrefixed(context),
});

const sign = async (secret: CryptoKey, parts: readonly string[]): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', secret, lengthPrefixed(parts))));

/** The vault of a ring: the first key makes what is new, and what an earlier one has made is read with that one. */
export const createVault = async (ring: KeyRing, random: Random): Promise<Vault> => {
  const [{ id: keyId, stable }] = ring;
  const lasting = await deriveLasting(stable);
  const derived = new Map(await Promise.all(ring.map(async (key) => [key.id, await deriveKeys(key)] as const)));
  const keysOf = (id: string): DerivedKeys => {
    const keys = derived.get(id);
    if (keys) return keys;
    throw new Error(`keys: there is none with the id "${id}", which something that is stored was made with`);
  };

  const tokensOf = (parts: readonly string[]): Promise<string[]> =>
    Promise.all([...derived.values()].map(({ tokens }) => sign(tokens, parts)));

  return {
    keyId,
    keyIds: ring.map(({ id }) => id),
    hashCode: async (parts, id = keyId) => sign(keysOf(id).codes, parts),
    index: (parts) => sign(lasting.indexes, parts),
    pepper: (parts) => sign(lasting.peppers, parts),
    token: async (parts, id = keyId) => sign(keysOf(id).tokens, parts),
    tokens: tokensOf,
    isToken: async (given, parts) => placeAmong(await tokensOf(parts), given) >= 0,
    async seal(text, context) {
      const iv = random(12);
      const { seals } = keysOf(keyId);
      const body = await crypto.subtle.encrypt(gcm(iv, context), seals, encoder.encode(text));
      return [keyId, base64url.encode(iv), base64url.encode(new Uint8Array(body))].join('.');
    },
    async open(sealed, context) {
      const [id = '', iv = '', body = ''] = sealed.split('.');
      const { seals } = keysOf(id);
      const bytes = base64url.decode(body).slice();
      return decoder.decode(await crypto.subtle.decrypt(gcm(base64url.decode(iv), context), seals, bytes));
    },
  };
};
