import { type CryptoKey, createLocalJWKSet, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { ConfigurationError } from '@countersign/core/errors';
import { amr, flowKind } from '@countersign/core/flow';
import type { Key, KeyRing } from '../crypto/keys.ts';

/** Milliseconds that a proof is valid. */
export const proofLife = 60_000;

const claimsSchema = v.object({
  sub: v.string(),
  jti: v.string(),
  nonce: v.string(),
  kind: flowKind,
  amr: v.array(amr),
  /** The types of the factors that the user held when the flow ended. */
  factors: v.array(v.string()),
  /** Whether a second factor was proved in the flow. */
  mfa: v.boolean(),
  /** Unix seconds of the moment the flow ended. */
  auth_time: v.number(),
});

/** What a proof says. */
export type ProofClaims = v.InferOutput<typeof claimsSchema>;

/** Signs proofs, and reads those it signed. */
export interface ProofSigner {
  /** A compact JWS (EdDSA, RFC 8037). The same claims give the same text. `at` is Unix milliseconds. */
  sign(claims: ProofClaims, audience: string, at: number): Promise<string>;
  /** The claims of a proof for this audience, or null when anything about it is wrong or it is too old. */
  read(proof: string, audience: string, at: number): Promise<ProofClaims | null>;
  /** The public keys as a JSON Web Key Set (RFC 7517): also those that sign no more, or not yet. */
  jwks: { keys: JWK[] };
}

const publicOf = ({ id, signing: { d: _private, ...rest } }: Key): JWK => ({
  ...rest,
  kid: id,
  alg: 'EdDSA',
  use: 'sig',
});

const privateKeyOf = async ({ signing }: Key, place: number): Promise<CryptoKey | Uint8Array> => {
  try {
    return await importJWK(signing, 'EdDSA');
  } catch (cause) {
    throw new ConfigurationError(`keys: ${place}.signing is not a pair; make one with createKey()`, { cause });
  }
};

/** Makes a signer of a ring: its first key signs, and all are read by; `issuer` becomes `iss`. */
export const createProofSigner = async (ring: KeyRing, issuer: string): Promise<ProofSigner> => {
  const [key, ...others] = ring;
  const signing = await privateKeyOf(key, 0);
  await Promise.all(others.map((other, place) => privateKeyOf(other, place + 1)));
  const jwks = { keys: ring.map(publicOf) };
  const verifying = createLocalJWKSet(jwks);

  return {
    sign: ({ sub, jti, ...claims }, audience, at) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: key.id, typ: 'countersign-proof+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setJti(jti)
        .setIssuedAt(Math.floor(at / 1000))
        .setExpirationTime(Math.floor((at + proofLife) / 1000))
        .sign(signing),
    async read(proof, audience, at) {
      const rules = {
        issuer,
        audience,
        algorithms: ['EdDSA'],
        typ: 'countersign-proof+jwt',
        currentDate: new Date(at),
      };
      const verified = await jwtVerify(proof, verifying, rules).catch(() => null);
      const claims = v.safeParse(claimsSchema, verified?.payload);
      return claims.success ? claims.output : null;
    },
    jwks,
  };
};
