import { CountersignError } from '@countersign/core/errors';
import type { Parts } from '../../parts.ts';
import type { Settings } from '../../settings/schema.ts';
import type { ChallengeRow } from '../../store/rows.ts';
import type { CodeRef } from '../../store/store.ts';

/** A code that lives at least this long, in milliseconds, is reused instead of sending another. */
const reusableLife = 60_000;

/** After a day without a message, in milliseconds, waits begin anew. */
const rowLife = 24 * 3600_000;

/** The challenge of this id; `verification_code.expired` where there is none any more. */
export const findChallenge = async ({ store }: Parts, id: string): Promise<ChallengeRow> => {
  const row = await store.challenges.find(id);
  if (row === null) throw new CountersignError('verification_code.expired');
  return row;
};

/** How many tries the newest code has left. */
export const attemptsLeft = (row: ChallengeRow, { codes }: Settings): number =>
  Math.max(0, codes.maxTries - row.tries.length);

/** When the next message may be asked for, in Unix milliseconds. */
export const resendAt = (row: ChallengeRow, settings: Settings): number => {
  if (row.delivery === 'failed') return row.retryAt ?? row.sentAt;
  const waits = settings.codes.waitSeconds;
  const exhausted = attemptsLeft(row, settings) === 0;
  const place = exhausted ? 0 : Math.min(row.sends, waits.length) - 1;
  return row.sentAt + (waits[place] ?? 0) * 1000;
};

/** Whether the person can still use the code that was sent, so that none more needs to be. */
export const isReusable = (row: ChallengeRow, settings: Settings, now: number): boolean =>
  row.delivery !== 'failed' && attemptsLeft(row, settings) > 0 && row.expiresAt - now >= reusableLife;

/** The place of the next message in its row of waits, from 1. */
export const nextSend = (row: ChallengeRow, now: number): number => (now - row.sentAt > rowLife ? 1 : row.sends + 1);

/** The idempotency key of the message that carries a code. */
export const messageKey = ({ id, generation }: CodeRef): string => `${id}-${generation}`;

/** Which code the message of this key carried; null where it was no message of a code. */
export const codeOfKey = (key: string): CodeRef | null => {
  const [, id = '', generation = ''] = /^(chl_[\w-]{1,64})-(\d{1,9})$/u.exec(key) ?? [];
  return id === '' ? null : { id, generation: Number(generation) };
};

/** Codes to an address that anybody may name: whether a message went out and arrived must not show. */
const unseen: readonly string[] = ['sign-in', 'reset-password'];

/** Whether what becomes of the message may show to who asked for it, and nobody has had the last word on it yet. */
export const awaitsReport = ({ purpose, delivery }: ChallengeRow): boolean =>
  !unseen.includes(purpose) && (delivery === 'accepted' || delivery === 'unknown');

/** How long after a message it is first worth looking whether it has arrived, in milliseconds. */
const firstLook = 5000;

/**
 * When the next look is worth while, in Unix milliseconds; null where none is. Each is twice as long after the message as
 * the one before, so that there are few.
 */
export const nextLook = (row: ChallengeRow, now: number): number | null => {
  const doublings = Math.floor(Math.log2((now - row.sentAt) / firstLook)) + 1;
  const at = row.sentAt + firstLook * 2 ** Math.max(0, doublings);
  return awaitsReport(row) && at < row.expiresAt ? at : null;
};

const contextOf = (id: string): string[] => ['challenge', id];

/** Where the code goes, as it is kept with it. */
export const sealDestination = ({ vault }: Parts, id: string, destination: string): Promise<string> =>
  vault.seal(destination, contextOf(id));

/** Where the code went, in the clear. */
export const destinationOf = ({ vault }: Parts, { id, destinationSealed }: ChallengeRow): Promise<string> =>
  vault.open(destinationSealed, contextOf(id));

/** The keyed hash of a code with all that it is bound to, so that a hash moved to another row proves nothing. */
export const codeDigest = (
  { vault }: Parts,
  { purpose, id, subject, factorId, keyId }: ChallengeRow,
  { destination, code }: { destination: string; code: string },
): Promise<string> => vault.hashCode([purpose, id, subject, factorId ?? '', destination, code], keyId);
