import { CountersignError } from '@countersign/core/errors';
import { hashToken, sameHash } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import { proofLife } from '../proof/signer.ts';
import type { FlowRow } from '../store/rows.ts';

/** Milliseconds: how long a host's token waits to be claimed, a flow may idle, and may last in all. */
export const claimLife = 10 * 60_000;
export const idleLife = 10 * 60_000;
export const flowLife = 60 * 60_000;

/** What a caller shows to be let at a flow. */
export interface Credentials {
  token: string;
  /** SHA-256 of the browser's cookie; null without one. */
  browserHash: string | null;
  /** The block of addresses that the request came from. */
  addressBlock: string;
  /** What its owner may know the browser by; empty where none asks. */
  device: string;
}

/** When the flow ends if nothing more is done, in Unix milliseconds. */
export const endOf = (flow: FlowRow): number => {
  if (flow.position.name === 'complete') return flow.position.at + proofLife;
  if (flow.position.name === 'begun') return flow.createdAt + claimLife;
  return Math.min(flow.idleAt, flow.createdAt + flowLife);
};

/** Whether a person is in the middle of it. */
export const isRunning = (flow: FlowRow, now: number): boolean =>
  !['begun', 'complete', 'ended'].includes(flow.position.name) && now < endOf(flow);

/**
 * The flow of this token in this browser. A token that is unknown, unclaimed or shown by another browser gets the same
 * `flow.not_found`; the rightful holder of one that is over gets `flow.expired`.
 */
export const findFlow = async (
  parts: Parts,
  { token, browserHash }: Pick<Credentials, 'token' | 'browserHash'>,
): Promise<FlowRow> => {
  const flow = await parts.store.flows.findByToken(await hashToken(token));
  if (flow === null || flow.position.name === 'begun' || !sameHash(flow.browserHash, browserHash)) {
    throw new CountersignError('flow.not_found');
  }
  // What ends a session ends all that was begun in it.
  const goesOn = flow.sessionId === null || (await parts.store.sessions.exists(flow.sessionId));
  if (!goesOn || flow.position.name === 'ended' || parts.now() >= endOf(flow))
    throw new CountersignError('flow.expired');
  return flow;
};
