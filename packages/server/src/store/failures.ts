/** Failures under one key. All times are Unix milliseconds. */
export interface Failures {
  count: number;
  /** When the last one was counted. */
  at: number;
  /** Keyed hash of the action that made it and of what was typed: the same only for the same try, sent again. */
  action: string;
  /** Nothing is judged before. */
  retryAt: number;
}

/** Whether the secret may be judged. */
export type FailureVerdict = { allowed: true } | { allowed: false; retryAt: number };

const minute = 60_000;
const day = 24 * 60 * minute;

/** Failures that cost nothing; they are forgotten when this long passes without another. */
const free = 10;
const freeLife = 15 * minute;

/** From the last free failure on each doubles the wait: 1, 2, 4, ... minutes, a day at most. */
const waitAfter = (count: number): number => (count < free ? 0 : Math.min(minute * 2 ** (count - free), day));

const isForgotten = ({ count, at }: Failures, now: number): boolean => now - at >= (count < free ? freeLife : day);

/**
 * Counts one more failure, or says until when nothing is judged; null for a key that has none. The try that was
 * counted last, sent again because its answer got lost, is judged again and counted once.
 */
export const nextFailures = (
  before: Failures | null,
  { at: now, action }: Pick<Failures, 'at' | 'action'>,
): { verdict: FailureVerdict; after: Failures } => {
  const known = before !== null && !isForgotten(before, now) ? before : null;
  if (known?.action === action) return { verdict: { allowed: true }, after: known };
  if (known && now < known.retryAt) return { verdict: { allowed: false, retryAt: known.retryAt }, after: known };
  const count = (known?.count ?? 0) + 1;
  return { verdict: { allowed: true }, after: { count, at: now, action, retryAt: now + waitAfter(count) } };
};
