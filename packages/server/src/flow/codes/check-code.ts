import { readCode } from '@countersign/core/code';
import { CountersignError } from '@countersign/core/errors';
import { guess, type Judge } from '../../guess/guess.ts';
import { addressSecret, factorSecret, type Secret } from '../../guess/secret.ts';
import type { ChallengeRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { findOwner } from '../primary/owner.ts';
import { codeDigest, destinationOf, findChallenge } from './challenge.ts';

const countTry = async (
  { parts, settings, caller }: Draft,
  row: ChallengeRow,
  digest: string,
): Promise<number | null> => {
  const { maxTries } = settings.codes;
  const counted = await parts.store.challenges.countTry(row, { action: caller.action, digest }, maxTries);
  switch (counted.type) {
    case 'counted':
    case 'repeated':
      return maxTries - counted.number;
    case 'superseded':
      return null;
    case 'exceeded':
      throw new CountersignError('verification_code.exceed_max_try', { attemptsLeft: 0 });
    case 'reused':
      throw new CountersignError('flow.action_id_reused');
  }
};

/** Whose code it is, as guesses are counted: at a user's factors, or at an address of whoever claims it. */
const secretOf = async ({ parts, flow }: Draft, row: ChallengeRow): Promise<Secret> => {
  const { position, identifier, userId } = flow;
  if ('factor' in position && userId !== null) {
    return factorSecret(parts, { userId, type: position.factor, factorId: row.factorId });
  }
  if (identifier === null) throw new Error(`a code is judged at ${position.name}, which is about no address`);
  const owner = flow.kind === 'sign-up' ? null : await findOwner(parts.store, identifier);
  return addressSecret(identifier.index, owner?.id ?? null);
};

interface Typed {
  row: ChallengeRow;
  code: string;
}

/** Judges it by the newest code; a newer one may have been made since the row was read. */
const judge = async (draft: Draft, { row, code }: Typed, equal: Judge['equal']): Promise<ChallengeRow> => {
  const { parts } = draft;
  const digest = await codeDigest(parts, row, { destination: await destinationOf(parts, row), code });
  const left = await countTry(draft, row, digest);
  if (left === null) return judge(draft, { row: await findChallenge(parts, row.id), code }, equal);
  if (equal(digest, row.codeHash)) return row;
  const isOlder = row.superseded.filter((old) => equal(digest, old)).length > 0;
  throw new CountersignError('verification_code.code_mismatch', {
    attemptsLeft: left,
    ...(isOlder && { reason: 'superseded' }),
  });
};

/**
 * Judges a code that was sent. The try is counted, and committed, before the comparison, so that a request that is cut
 * off or loses a race has still spent it (NIST SP 800-63B-4 §3.2.2). Throws the `verification_code.*` errors, for a code
 * that is dead before anything is counted but its own tries.
 */
export const checkCode = async (draft: Draft, id: string, typed: string): Promise<ChallengeRow> => {
  const { parts, settings, caller } = draft;
  const row = await findChallenge(parts, id);
  if (row.usedAt !== null || parts.now() >= row.expiresAt) throw new CountersignError('verification_code.expired');
  const code = readCode(typed, settings.codes.length);
  if (code.length !== settings.codes.length) throw new CountersignError('guard.invalid_input', { path: 'code' });
  const isRepeated = row.tries.some(({ action }) => action === caller.action);
  if (row.tries.length >= settings.codes.maxTries && !isRepeated) {
    throw new CountersignError('verification_code.exceed_max_try', { attemptsLeft: 0 });
  }
  const secret = await secretOf(draft, row);
  const right = await guess(draft, { secret, typed: code }, ({ equal }) => judge(draft, { row, code }, equal));
  if (right === null) throw new Error('a code that is wrong is told by an error');
  return right;
};
