import { CountersignError } from '@countersign/core/errors';
import type { Judge as FactorJudge } from '@countersign/core/factor';
import { noticesOf, sendNotices } from '../account/notify.ts';
import { equalDigests } from '../crypto/vault.ts';
import type { Draft } from '../flow/draft.ts';
import { aboutUser } from '../events/happening.ts';
import { record } from '../events/record.ts';
import { posting } from '../outbox/message.ts';
import type { FailureRow } from '../store/store.ts';
import { maxMisses, type Secret, subjectOf } from './secret.ts';

/** What the engine's own secrets are compared by, besides. */
export interface Judge extends FactorJudge {
  /** Compares a password with what is stored; takes as long for null. */
  matches(password: string, stored: string | null): Promise<boolean>;
}

/** What somebody typed as a secret. */
export interface Guess {
  secret: Secret;
  typed: string;
}

const year = 365 * 24 * 3600_000;

interface Counting {
  row: FailureRow;
  /** Where the guess comes from, known or not; empty outside browsers. */
  browser: string;
  action: string;
}

const countingOf = async ({ parts, flow, caller }: Draft, { secret, typed }: Guess): Promise<Counting> => {
  const subject = await subjectOf(parts, secret);
  const browser = flow.browserHash ?? '';
  const isKnown =
    secret.userId !== null && browser !== '' && (await parts.store.browsers.isKnown(secret.userId, browser));
  const action = await parts.vault.hashCode(['guess', subject, caller.action, typed]);
  return { row: { subject, browser: isKnown ? browser : '' }, browser, action };
};

/**
 * Notes that a wrong guess brought a wait, and tells the user, once, of somebody who has got past the first factor and
 * goes on guessing in a browser unknown.
 */
const warn = async (
  draft: Draft,
  { secret: { factorId, userId, schedule, subject } }: Guess,
  { row, number }: Counting & { number: number },
): Promise<void> => {
  const { parts, flow, read } = draft;
  if (number >= schedule.free) draft.locks = subject[0] ?? '';
  if (factorId === null || userId === null || row.browser !== '' || number !== schedule.free) return;
  const held = (await read.factors) ?? (await parts.store.factors.list(userId));
  const reader = { userId, flowId: flow.id, held, locale: flow.locale };
  const posts = await noticesOf(parts, reader, { type: 'wrong-codes', factorId: null });
  await record(parts, { writes: posting(posts) }, aboutUser(userId, held));
  await sendNotices(parts, posts);
};

const count = async (draft: Draft, { secret }: Guess, { row, browser, action }: Counting): Promise<number> => {
  const { schedule, factorId } = secret;
  const now = draft.parts.now();
  const miss = factorId === null ? null : { factorId, browser, max: maxMisses };
  const verdict = await draft.parts.store.failures.count(row, { at: now, action, schedule, miss });
  switch (verdict.type) {
    case 'allowed':
      return verdict.number;
    case 'exhausted':
      throw new CountersignError('session.mfa.factor_locked');
    case 'wait': {
      const retryAfter = Math.max(1, Math.ceil((verdict.retryAt - now) / 1000));
      throw new CountersignError('session.verification_blocked_too_many_attempts', { retryAfter });
    }
  }
};

/** Who is right takes back what was counted of their own browser, and of others what is a year old. */
const forget = ({ parts, writes, happened }: Draft, { secret }: Guess, { row, browser, action }: Counting): void => {
  const { factorId } = secret;
  writes.push({ type: 'forget-failures', ...row });
  happened.push({ type: 'guess-right', reason: secret.subject[0] ?? '' });
  if (factorId === null) return;
  // Outside browsers nobody is known again, so that only this guess is taken back.
  const own = browser === '' ? action : browser;
  writes.push({ type: 'forget-misses', factorId, browser: own, action, before: parts.now() - year });
};

/**
 * The only way to a secret: counts a failure, committed before anything is compared, so that many guesses at once are as
 * many as one after the other (NIST SP 800-63B-4 §3.2.2); then lets it be judged. A guess that is right, which is any
 * that `judge` gives more than null for, and throws nothing, takes back what was counted, in the commit of the draft. Throws
 * `session.verification_blocked_too_many_attempts` while a wait runs, and `session.mfa.factor_locked` when the factor has
 * had all the wrong guesses that it may; nothing is judged then, and right and wrong look the same.
 */
export const guess = async <T>(
  draft: Draft,
  made: Guess,
  judge: (by: Judge) => Promise<T | null>,
): Promise<T | null> => {
  const { hasher } = draft.parts;
  const counting = await countingOf(draft, made);
  const number = await count(draft, made, counting);
  const by: Judge = { equal: equalDigests, find: hasher.find, matches: hasher.verify };
  const right = await judge(by).catch(async (error: unknown) => {
    await warn(draft, made, { ...counting, number });
    throw error;
  });
  if (right !== null) forget(draft, made, counting);
  else await warn(draft, made, { ...counting, number });
  return right;
};
