import { CountersignError } from '@countersign/core/errors';
import { formatPaperCode, newPaperCode, readPaperCode } from '@countersign/core/paper-code';
import * as v from 'valibot';
import { randomId } from '../crypto/random.ts';
import type { Judge } from '../guess/guess.ts';
import { parseInput } from '../http/input.ts';
import { aboutUser } from '../events/happening.ts';
import { record } from '../events/record.ts';
import { redactText } from '../events/redact.ts';
import { posting } from '../outbox/message.ts';
import type { Parts } from '../parts.ts';
import type { PassRow } from '../store/rows.ts';
import { noticesOf, sendNotices } from './notify.ts';

const hour = 3600_000;
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

/** What an administrator says when giving a pass. */
export const passRequest = v.strictObject({
  /** Who gives it. */
  actor: text,
  /** Why; kept with the pass. */
  reason: text,
  /** How long it can be used, in hours; at most 8. Default: 8. */
  hours: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)), 8),
});
export type PassRequest = v.InferInput<typeof passRequest>;

/** A pass, shown once to who gives it. */
export interface RecoveryPass {
  /** Four groups of four characters, to be told to the user over a channel that proves who they are. */
  pass: string;
  /** ISO 8601. */
  expiresAt: string;
}

const hashOf = ({ vault }: Parts, userId: string, code: string): Promise<string> =>
  vault.index(['recovery-pass', userId, code]);

/**
 * Gives a user leave to set up a new factor after their first one. The user is told. Throws `account.not_found` where
 * there is no such user, and `guard.invalid_input`.
 */
export const issuePass = async (parts: Parts, userId: string, request: unknown): Promise<RecoveryPass> => {
  const { actor, reason, hours } = parseInput(passRequest, request);
  if ((await parts.store.users.find(userId)) === null) throw new CountersignError('account.not_found');
  const code = newPaperCode(parts.random);
  const createdAt = parts.now();
  const expiresAt = createdAt + hours * hour;
  const id = randomId(parts.random, 'pas');
  const hash = await hashOf(parts, userId, code);
  const reader = { userId, flowId: null, held: await parts.store.factors.list(userId), locale: '' };
  const posts = await noticesOf(parts, reader, { type: 'recovery-pass', factorId: null });
  // People type names and numbers into a reason; the record is kept longer than those are.
  const [by, why] = [redactText(actor), redactText(reason)];
  const pass = { id, userId, hash, actor: by, reason: why, createdAt, expiresAt };
  await record(parts, { writes: [{ type: 'add-pass', pass }, ...posting(posts)] }, aboutUser(userId));
  await sendNotices(parts, posts);
  return { pass: formatPaperCode(code), expiresAt: new Date(expiresAt).toISOString() };
};

/** The pass that was typed, if it is the user's and can be used still; null otherwise. */
export const findPass = async (
  parts: Parts,
  { userId, typed, equal }: { userId: string; typed: string; equal: Judge['equal'] },
): Promise<PassRow | null> => {
  const code = readPaperCode(typed);
  if (code === null) return null;
  const hash = await hashOf(parts, userId, code);
  const rows = await parts.store.passes.listUnused(userId);
  return rows.filter((row) => equal(row.hash, hash)).find((row) => parts.now() < row.expiresAt) ?? null;
};
