import { CountersignError } from '@countersign/core/errors';
import type { Draft } from '../draft.ts';

/** A try at a secret that no challenge stands for. */
export interface SecretTry {
  /** Under which failures are counted. */
  key: string;
  typed: string;
}

/**
 * Counts a failure, committed before the secret is judged, so that many tries at once are as many as one after the
 * other; throws `session.verification_blocked_too_many_attempts` while a wait runs. Who is right takes it back.
 */
export const countFailure = async ({ parts, caller }: Draft, { key, typed }: SecretTry): Promise<void> => {
  const now = parts.now();
  const action = await parts.vault.hashCode(['failure', key, caller.action, typed]);
  const verdict = await parts.store.failures.count(key, { at: now, action });
  if (verdict.allowed) return;
  const retryAfter = Math.max(1, Math.ceil((verdict.retryAt - now) / 1000));
  throw new CountersignError('session.verification_blocked_too_many_attempts', { retryAfter });
};
