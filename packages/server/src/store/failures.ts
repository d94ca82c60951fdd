/** What failures at a secret cost. Times are milliseconds. */
export interface Schedule {
  /** How many cost nothing. */
  free: number;
  /** The wait that the last of those brings; each failure after it doubles the wait, to a day at most. */
  firstWait: number;
  /** After how long without another they are forgotten: while they are free, and after. Null: never by time alone. */
  lapse: { free: number; waiting: number } | null;
}

/** Failures of one row. All times are Unix milliseconds. */
export interface Failures {
  count: number;
  /** When the last one was counted. */
  at: number;
  /** Keyed hash of the action that made it and of what was typed: the same only for the same try, sent again. */
  action: string;
  /** Nothing is judged before. */
  retryAt: number;
}

/** Whether the secret may be judged; if so, the failure's place in its row, from 1. */
export type FailureVerdict =
  | { type: 'allowed'; number: number }
  | { type: 'wait'; retryAt: number }
  /** As many guesses at the factor were wrong as there may ever be. */
  | { type: 'exhausted' };

/** The longest wait. */
export const day = 24 * 60 * 60_000;

const waitAfter = (count: number, { free, firstWait }: Schedule): number =>
  count < free ? 0 : Math.min(firstWait * 2 ** (count - free), day);

const isForgotten = ({ count, at }: Failures, { free, lapse }: Schedule, now: number): boolean =>
  lapse !== null && now - at >= (count < free ? lapse.free : lapse.waiting);

/**
 * Counts one more failure, or says until when nothing is judged; null for a row that has none. The try that was
 * counted last, sent again because its answer got lost, is judged again and counted once.
 */
export const nextFailures = (
  before: Failures | null,
  { at: now, action }: Pick<Failures, 'at' | 'action'>,
  schedule: Schedule,
): { verdict: Exclude<FailureVerdict, { type: 'exhausted' }>; after: Failures } => {
  const known = before !== null && !isForgotten(before, schedule, now) ? before : null;
  if (known?.action === action) return { verdict: { type: 'allowed', number: known.count }, after: known };
  if (known && now < known.retryAt) return { verdict: { type: 'wait', retryAt: known.retryAt }, after: known };
  const count = (known?.count ?? 0) + 1;
  const retryAt = now + waitAfter(count, schedule);
  return { verdict: { type: 'allowed', number: count }, after: { count, at: now, action, retryAt } };
};
