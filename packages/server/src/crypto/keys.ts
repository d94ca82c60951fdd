import { ConfigurationError } from '@countersign/core/errors';
import { base64url, exportJWK, generateKeyPair } from 'jose';
import * as v from 'valibot';
import { type Random, randomId, secureRandom } from './random.ts';

const wrong = 'is not what createKey() gives';

const distinct = (numbers: readonly number[]): number => new Set(numbers).size;

/**
 * Random bytes have some thirty different values, as many different steps between neighbours, and no text in them: one
 * key in a million million is refused that was drawn well.
 */
const looksDrawn = (text: string): boolean => {
  const values = [...base64url.decode(text)];
  const steps = values.slice(1).map((value, place) => (value - (values[place] ?? 0) + 256) % 256);
  const isText = values.every((value) => value >= 0x20 && value < 0x7f);
  return distinct(values) >= 16 && distinct(steps) >= 16 && !isText;
};

const bytes = v.pipe(v.string(wrong), v.regex(/^[\w-]{43}$/u, 'must be 32 bytes in base64url'));

const secretBytes = v.pipe(bytes, v.check(looksDrawn, 'must be random bytes, and these have a pattern'));

/** The key of the examples in RFC 8037 and RFC 8032: whoever reads those can sign with it. */
const published = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';

const signingBytes = v.pipe(secretBytes, v.notValue(published, 'is a key that was published as an example'));

const keySchema = v.strictObject(
  {
    /** Names the key in the rows made with it. */
    id: v.pipe(v.string(wrong), v.regex(/^[\w-]{1,64}$/u, wrong)),
    /** 32 random bytes in base64url, from which the keys for codes, tokens and sealing are derived. */
    secret: secretBytes,
    /**
     * 32 random bytes in base64url, the same in every key of a ring: the keys for blind indexes and peppers are derived
     * from them, since what those have hashed can't be hashed anew.
     */
    stable: secretBytes,
    /** Ed25519 private key as JWK (RFC 8037); signs proofs. */
    signing: v.strictObject(
      { kty: v.literal('OKP', wrong), crv: v.literal('Ed25519', wrong), d: signingBytes, x: bytes },
      wrong,
    ),
  },
  wrong,
);

/** One generation of keys, kept outside the database; plain JSON. */
export type Key = v.InferOutput<typeof keySchema>;

/** The keys of a backend: the first one makes what is new, and each reads what it has made. */
export type KeyRing = readonly [Key, ...Key[]];

const ringSchema = v.pipe(v.array(keySchema, 'must be a list of keys'), v.minLength(1, 'must have one key at least'));

const newKey = async (random: Random, stable: string): Promise<Key> => {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { d = '', x = '' } = await exportJWK(privateKey);
  const secret = base64url.encode(random(32));
  return { id: randomId(random, 'key'), secret, stable, signing: { kty: 'OKP', crv: 'Ed25519', d, x } };
};

/** Makes the first key of a ring. Keep it: without it nothing that was stored can be read. */
export const createKey = async (random: Random = secureRandom): Promise<Key> =>
  newKey(random, base64url.encode(random(32)));

/**
 * Makes another key for a ring: to be added as its last, so that every process can read what it will make, then put
 * first, so that it makes what is new.
 */
export const createNextKey = async ({ stable }: Key, random: Random = secureRandom): Promise<Key> =>
  newKey(random, stable);

const refuse = (sentence: string): never => {
  throw new ConfigurationError(`keys: ${sentence}`);
};

/** Reads a ring from outside; throws {@link ConfigurationError} with the path of what is wrong. */
export const readKeys = (value: unknown): KeyRing => {
  const result = v.safeParse(ringSchema, value, { abortPipeEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    return refuse(`${v.getDotPath(issue) ?? 'the value'} ${issue.message}; make one with createKey()`);
  }
  const [first, ...others] = result.output;
  if (first === undefined) return refuse('the value must have one key at least');
  for (const [place, { id, stable }] of others.entries()) {
    if (stable !== first.stable) refuse(`${place + 1}.stable must be that of the first key; use createNextKey()`);
    if (result.output.findIndex((key) => key.id === id) !== place + 1) refuse(`${place + 1}.id is there twice`);
  }
  const secrets = [first.stable, ...result.output.flatMap(({ secret, signing }) => [secret, signing.d])];
  if (new Set(secrets).size < secrets.length) refuse('each secret must be there once, for one use; use createKey()');
  return [first, ...others];
};
