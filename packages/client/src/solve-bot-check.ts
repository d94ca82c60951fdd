import type { Challenge } from '@countersign/core/errors';

/** What of ALTCHA's work its solver looks at. */
interface Work {
  nonce: string;
  salt: string;
  cost: number;
  keyLength: number;
  keyPrefix: string;
}

/** Shares nothing with the rest of the client, which would be cut into more files, and larger ones, by that. */
const fieldOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

const has = (value: unknown, type: 'string' | 'number', names: readonly string[]): boolean =>
  names.every((name) => typeof fieldOf(value, name) === type);

const isWork = (value: unknown): value is Work =>
  fieldOf(value, 'algorithm') === 'PBKDF2/SHA-256' &&
  has(value, 'string', ['nonce', 'salt', 'keyPrefix']) &&
  has(value, 'number', ['cost', 'keyLength']);

const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The key of one try: its password is the nonce with the number of the try behind it, 32 bits, big end first. */
const keyOf = async ({ nonce, salt, cost, keyLength }: Work, counter: number): Promise<string> => {
  const password = new Uint8Array([...fromHex(nonce), ...[24, 16, 8, 0].map((shift) => (counter >>> shift) & 255)]);
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(salt), iterations: cost };
  return toHex(new Uint8Array(await crypto.subtle.deriveBits(how, key, keyLength * 8)));
};

/**
 * Solves the challenge of a refusal with `session.captcha_required`, for the `botCheck` of the same action; takes a
 * processor half a second or so. Null where the challenge is of another kind, which the app has to solve itself.
 */
export const solveBotCheck = async ({ type, payload }: Challenge): Promise<string | null> => {
  const challenge: unknown = type === 'altcha' ? JSON.parse(payload) : null;
  const work = fieldOf(challenge, 'parameters');
  if (!isWork(work)) return null;
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await keyOf(work, counter);
    if (derivedKey.startsWith(work.keyPrefix)) {
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
  }
};

const isChallenge = (value: unknown): value is Challenge => has(value, 'string', ['type', 'payload']);

/** Answers the refusal of a request by sending it again with the solution; gives the refusal where it can't. */
export const answerBotCheck = async (request: Request, refusal: Response, fetcher: typeof fetch): Promise<Response> => {
  const challenge = fieldOf(await refusal.clone().json(), 'challenge');
  const botCheck = isChallenge(challenge) ? await solveBotCheck(challenge) : null;
  if (botCheck === null) return refusal;
  const action: unknown = await request.json();
  return fetcher(
    new Request(request.url, { ...requestOf(request), body: JSON.stringify({ ...Object(action), botCheck }) }),
  );
};

/** What a request is besides its body. */
const requestOf = ({ method, headers, signal, credentials }: Request): RequestInit => ({
  method,
  headers,
  signal,
  credentials,
});
