import { base64url } from 'jose';
import type { Key } from './keys.ts';
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
  /** HMAC-SHA-256 of a code and all that it is bound to. */
  hashCode(parts: readonly string[]): Promise<string>;
  /** HMAC-SHA-256 under another key, to find equal values without reading them. */
  index(parts: readonly string[]): Promise<string>;
  /** HMAC-SHA-256 over a slow hash, so that a stolen database alone can't be guessed at. */
  pepper(parts: readonly string[]): Promise<string>;
  /** A bearer secret of 256 bits that the same parts always give; nobody without the key can make it. */
  token(parts: readonly string[]): Promise<string>;
  /** Whether it is the token that these parts give; compared in a time that does not depend on where they differ. */
  isToken(given: string, parts: readonly string[]): Promise<boolean>;
  /** AES-256-GCM; `context` must be the same when it is opened again, so that a row moved elsewhere does not open. */
  seal(text: string, context: readonly string[]): Promise<string>;
  /** Throws when the text was changed, or sealed under another key or context. */
  open(sealed: string, context: readonly string[]): Promise<string>;
}

/** SHA-256 in base64url; for secrets that are random themselves, so that no key is needed. */
export const hashToken = async (token: string): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(token))));

/** Compares digests of equal length in a time that does not depend on where they differ. */
export const equalDigests = (a: string, b: string): boolean => {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
};

/** The place of the hash of the token among these; -1 for none. Each is compared, whichever it is. */
export const placeOf = async (token: string, hashes: readonly string[]): Promise<number> => {
  const actual = await hashToken(token);
  return hashes.map((hash) => equalDigests(hash, actual)).indexOf(true);
};

const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
const aes = { name: 'AES-GCM', length: 256 };

const derive = async (key: Key, use: string, algorithm: HmacKeyGenParams | AesKeyGenParams): Promise<CryptoKey> => {
  const master = await crypto.subtle.importKey('raw', base64url.decode(key.secret).slice(), 'HKDF', false, [
    'deriveKey',
  ]);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(`countersign/${use}`) };
  const usages: KeyUsage[] = algorithm === aes ? ['encrypt', 'decrypt'] : ['sign'];
  return crypto.subtle.deriveKey(hkdf, master, algorithm, false, usages);
};

/** Derives one key per use (HKDF, RFC 5869), so that no two uses share one. */
export const createVault = async (key: Key, random: Random): Promise<Vault> => {
  const codes = await derive(key, 'codes', hmac);
  const indexes = await derive(key, 'index', hmac);
  const peppers = await derive(key, 'pepper', hmac);
  const tokens = await derive(key, 'token', hmac);
  const seals = await derive(key, 'seal', aes);
  const sign = async (secret: CryptoKey, parts: readonly string[]): Promise<string> =>
    base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', secret, lengthPrefixed(parts))));
  const gcm = (iv: Uint8Array, context: readonly string[]): AesGcmParams => ({
    name: 'AES-GCM',
    iv: iv.slice(),
    additionalData: lengthPrefixed(context),
  });

  return {
    keyId: key.id,
    hashCode: (parts) => sign(codes, parts),
    index: (parts) => sign(indexes, parts),
    pepper: (parts) => sign(peppers, parts),
    token: (parts) => sign(tokens, parts),
    isToken: async (given, parts) => equalDigests(given, await sign(tokens, parts)),
    async seal(text, context) {
      const iv = random(12);
      const sealed = await crypto.subtle.encrypt(gcm(iv, context), seals, encoder.encode(text));
      return `${base64url.encode(iv)}.${base64url.encode(new Uint8Array(sealed))}`;
    },
    async open(sealed, context) {
      const [iv = '', body = ''] = sealed.split('.');
      const bytes = base64url.decode(body).slice();
      return decoder.decode(await crypto.subtle.decrypt(gcm(base64url.decode(iv), context), seals, bytes));
    },
  };
};
