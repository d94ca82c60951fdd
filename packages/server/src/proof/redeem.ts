import { CountersignError } from '@countersign/core/errors';
import type { Parts } from '../parts.ts';
import { type ProofClaims, proofLife } from './signer.ts';

/** What a redeemed proof says of the user. */
export interface RedeemedProof {
  /** The host's id of the user. */
  sub: string;
  kind: ProofClaims['kind'];
  /** Authentication methods (RFC 8176). */
  amr: ProofClaims['amr'];
  /** Types of the factors that the user holds. */
  factors: readonly string[];
  /** Whether a second factor was proved. */
  mfa: boolean;
  /** Unix seconds. */
  authTime: number;
}

/**
 * Redeems a proof, once. Throws `proof.invalid` when it is not a fresh proof of this backend for this audience and
 * nonce, and `proof.already_redeemed` the second time.
 */
export const redeemProof = async (
  parts: Parts,
  { proof, audience, nonce }: { proof: string; audience: string; nonce: string },
): Promise<RedeemedProof> => {
  const now = parts.now();
  const claims = await parts.signer.read(proof, audience, now);
  if (claims === null || claims.nonce !== nonce) throw new CountersignError('proof.invalid');
  const first = await parts.store.proofs.redeem(claims.jti, now + proofLife);
  if (!first) throw new CountersignError('proof.already_redeemed');
  const { sub, kind, amr, factors, mfa, auth_time: authTime } = claims;
  return { sub, kind, amr, factors, mfa, authTime };
};

/** What a host expects of a proof. */
export interface ProofExpectation {
  userId: string;
  audience: string;
  nonce: string;
  kind: ProofClaims['kind'];
}

/** Redeems a proof, and refuses one for another user or kind with `proof.invalid`; it is spent all the same. */
export const verifyProof = async (
  parts: Parts,
  proof: string,
  { userId, audience, nonce, kind }: ProofExpectation,
): Promise<RedeemedProof> => {
  const redeemed = await redeemProof(parts, { proof, audience, nonce });
  if (redeemed.sub !== userId || redeemed.kind !== kind) throw new CountersignError('proof.invalid');
  return redeemed;
};
