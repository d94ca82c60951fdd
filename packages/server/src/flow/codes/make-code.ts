import type { Channel } from '@countersign/core/code-stage';
import type { CodeRequest } from '@countersign/core/factor';
import { randomDigits, randomId } from '../../crypto/random.ts';
import type { Settings } from '../../settings/schema.ts';
import type { ChallengeRow } from '../../store/rows.ts';
import type { Write } from '../../store/store.ts';
import { codeDigest, destinationOf, nextSend } from './challenge.ts';
import type { Draft } from '../draft.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A code to be sent, and what it is for. */
export interface CodeOrder extends CodeRequest {
  /** One purpose never serves for another; the first three have nobody behind them who was proved to be anybody. */
  purpose: 'sign-up' | 'sign-in' | 'reset-password' | 'confirm' | 'bind' | 'step-up' | 'verify';
  /** The user's id, or the flow's where there is no user yet. */
  subject: string;
}

/** A challenge that no code was made for yet. */
export const newChallenge = async ({ parts }: Draft, order: CodeOrder, scope: string): Promise<ChallengeRow> => {
  const { purpose, subject, factorId, usage, channel, destination } = order;
  const id = randomId(parts.random, 'chl');
  return {
    id,
    scope,
    purpose,
    subject,
    factorId,
    usage,
    channel,
    destinationSealed: await parts.vault.seal(destination, ['challenge', id]),
    destinationIndex: await parts.vault.index(['destination', destination]),
    keyId: parts.vault.keyId,
    generation: 0,
    sends: 0,
    codeHash: '',
    superseded: [],
    sentAt: 0,
    expiresAt: 0,
    delivery: 'unknown',
    retryAt: null,
    tries: [],
    usedAt: null,
  };
};

const unproved: readonly string[] = ['sign-up', 'sign-in', 'reset-password'] satisfies CodeOrder['purpose'][];

const slotAt =
  (at: number) =>
  (key: string, max: number, window: number): Write => ({ type: 'take-slot', key, max, window, at });

/** What a message takes up of what its number may get; `to` is the blind index of the number. */
export const numberSlots = ({ sends }: Settings, to: string, at: number): Write[] => {
  const slot = slotAt(at);
  return [
    slot(`number-10m:${to}`, sends.perNumberTenMinutes, 10 * minute),
    slot(`number-day:${to}`, sends.perNumberDay, day),
  ];
};

/** Reserved in the commit that makes the code, so before any connector is called. */
const slots = (settings: Settings, { sentAt: at, destinationIndex: to, ...row }: ChallengeRow): Write[] => {
  const { sends, codes } = settings;
  const slot = slotAt(at);
  if (unproved.includes(row.purpose)) {
    // Strangers have a bucket of their own, so that they never use up the messages of somebody's factor.
    return [
      slot(`unproved-wait:${to}`, 1, (codes.waitSeconds[0] ?? 0) * 1000),
      slot(`unproved-day:${to}`, sends.perAddressDayUnproved, day),
    ];
  }
  return [...numberSlots(settings, to, at), slot(`user-day:${row.subject}`, sends.perUserDay, day)];
};

/** Draws the next code of a challenge and promises its message; the codes before it die. */
export const makeCode = async (draft: Draft, row: ChallengeRow, channel: Channel): Promise<void> => {
  const { parts, settings } = draft;
  const now = parts.now();
  const isFirst = row.generation === 0;
  const code = randomDigits(parts.random, settings.codes.length);
  const to = await destinationOf(parts, row);
  const challenge: ChallengeRow = {
    ...row,
    channel,
    generation: row.generation + 1,
    sends: nextSend(row, now),
    codeHash: await codeDigest(parts, row, { destination: to, code }),
    superseded: isFirst ? [] : [...row.superseded, row.codeHash],
    sentAt: now,
    expiresAt: now + settings.codes.lifeSeconds * 1000,
    delivery: 'unknown',
    retryAt: null,
    tries: [],
  };
  const expected = isFirst ? null : row.generation;
  draft.writes.push({ type: 'save-challenge', challenge, expected }, ...slots(settings, challenge));
  const { id: challengeId, generation, usage } = challenge;
  draft.outgoing.push({ challengeId, generation, channel, to, code, usage });
};
