import { ConfigurationError } from '@countersign/core/errors';
import { base64url, exportJWK, generateKeyPair } from 'jose';
import * as v from 'valibot';
import { type Random, randomId, secureRandom } from './random.ts';

const wrong = 'is not what createKey() gives';

const bytes = v.pipe(v.string(wrong), v.regex(/^[\w-]{43}$/u, 'must be 32 bytes in base64url'));

const keySchema = v.strictObject(
  {
    /** Names the key in the rows made with it. */
    id: v.pipe(v.string(wrong), v.regex(/^[\w-]{1,64}$/u, wrong)),
    /** 32 random bytes in base64url, from which the keys for codes, tokens and sealing are derived. */
    secret: bytes,
    /**
     * 32 random bytes in base64url, the same in every key of a ring: the keys for blind indexes and peppers are derived
     * from them, since what those have hashed can't be hashed anew.
     */
    stable: bytes,
    /** Ed25519 private key as JWK (RFC 8037); signs proofs. */
    signing: v.strictObject(
      { kty: v.literal('OKP', wrong), crv: v.literal('Ed25519', wrong), d: v.string(wrong), x: v.string(wrong) },
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
  const result = v.safeParse(ringSchema, value);
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
  return [first, ...others];
};
