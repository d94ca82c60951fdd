import { readCode } from '@countersign/core/code';
import { CountersignError } from '@countersign/core/errors';
import { equalDigests } from '../../crypto/vault.ts';
import type { ChallengeRow } from '../../store/rows.ts';
import { codeDigest, destinationOf } from './challenge.ts';
import type { Draft } from '../draft.ts';

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

/**
 * The only place where a code is judged. The try is counted, and committed, before the comparison, so that a request
 * that is cut off or loses a race has still spent it (NIST SP 800-63B-4 §3.2.2). Throws the `verification_code.*`
 * errors; answers `superseded`, with nothing counted, when a newer code was made since `row` was read.
 */
export const checkCode = async (draft: Draft, row: ChallengeRow, typed: string): Promise<'right' | 'superseded'> => {
  const { parts, settings } = draft;
  if (row.usedAt !== null || parts.now() >= row.expiresAt) throw new CountersignError('verification_code.expired');
  const code = readCode(typed, settings.codes.length);
  if (code.length !== settings.codes.length) throw new CountersignError('guard.invalid_input', { path: 'code' });

  const digest = await codeDigest(parts, row, { destination: await destinationOf(parts, row), code });
  const left = await countTry(draft, row, digest);
  if (left === null) return 'superseded';
  if (equalDigests(digest, row.codeHash)) return 'right';
  const isOlder = row.superseded.filter((old) => equalDigests(digest, old)).length > 0;
  throw new CountersignError('verification_code.code_mismatch', {
    attemptsLeft: left,
    ...(isOlder && { reason: 'superseded' }),
  });
};
