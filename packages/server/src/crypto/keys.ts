import { ConfigurationError } from '@countersign/core/errors';
import { base64url, exportJWK, generateKeyPair } from 'jose';
import * as v from 'valibot';
import { type Random, randomId, secureRandom } from './random.ts';

const wrong = 'is not what createKey() gives';

const keySchema = v.strictObject(
  {
    /** Names the key in the rows made with it. */
    id: v.pipe(v.string(wrong), v.minLength(1, wrong), v.maxLength(64, wrong)),
    /** 32 random bytes in base64url, from which the keys for hashing, sealing and indexing are derived. */
    secret: v.pipe(v.string(wrong), v.regex(/^[\w-]{43}$/u, 'must be 32 bytes in base64url')),
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

/** Makes a generation of keys. Keep it: without it nothing that was stored can be read. */
export const createKey = async (random: Random = secureRandom): Promise<Key> => {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { d = '', x = '' } = await exportJWK(privateKey);
  const secret = base64url.encode(random(32));
  return { id: randomId(random, 'key'), secret, signing: { kty: 'OKP', crv: 'Ed25519', d, x } };
};

/** Reads a key from outside; throws {@link ConfigurationError} with the path of what is wrong. */
export const readKey = (value: unknown): Key => {
  const result = v.safeParse(keySchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ConfigurationError(
    `keys: ${v.getDotPath(issue) ?? 'the value'} ${issue.message}; make one with createKey()`,
  );
};
