import { CountersignError } from '@countersign/core/errors';
import type { Parts } from '../parts.ts';
import type { Purpose } from '../store/rows.ts';
import type { Write } from '../store/store.ts';

/** Milliseconds that a step-up waits for its change. */
export const stepUpLife = 10 * 60_000;

/** All that a step-up is bound to. */
export interface StepUp extends Purpose {
  jti: string;
  sessionId: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

const partsOf = ({ jti, sessionId, action, target, expiresAt }: StepUp): string[] => [
  'step-up',
  jti,
  sessionId,
  action,
  target,
  String(expiresAt),
];

/** Leave to do one thing once: kept nowhere, since nobody without the key (that of the flow) can make it. */
export const stepUpToken = async ({ vault }: Parts, stepUp: StepUp, keyId: string): Promise<string> =>
  `${stepUp.jti}.${stepUp.expiresAt}.${await vault.token(partsOf(stepUp), keyId)}`;

/**
 * The write that uses up a step-up, to be committed with the change it allows; `session.step_up_required` where the
 * token is missing, over, or for another session, action or target.
 */
export const useStepUp = async (
  parts: Parts,
  token: string,
  bound: Omit<StepUp, 'jti' | 'expiresAt'>,
): Promise<Extract<Write, { type: 'redeem' }>> => {
  const [jti = '', expires = '', given = ''] = token.split('.');
  const expiresAt = Number(expires);
  const isOurs = await parts.vault.isToken(given, partsOf({ jti, expiresAt, ...bound }));
  const holds = isOurs && expiresAt > parts.now();
  if (!holds) throw new CountersignError('session.step_up_required');
  return { type: 'redeem', jti, expiresAt };
};
