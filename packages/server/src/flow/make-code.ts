import type { Channel } from '@countersign/core/code-stage';
import type { CodeRequest } from '@countersign/core/factor';
import { randomDigits, randomId } from '../crypto/random.ts';
import type { Settings } from '../settings/schema.ts';
import type { ChallengeRow } from '../store/rows.ts';
import type { Write } from '../store/store.ts';
import { codeDigest, destinationOf, nextSend } from './challenge.ts';
import type { Draft } from './draft.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** What the code proves: binding, a step-up before a change, or verification; one never serves for another. */
export const purposeOf = ({ flow }: Draft, { factorId }: CodeRequest): string => {
  if (factorId === null) return 'bind';
  return flow.kind === 'setup' ? 'step-up' : 'verify';
};

/** A challenge that no code was made for yet. */
export const newChallenge = async (draft: Draft, request: CodeRequest, scope: string): Promise<ChallengeRow> => {
  const { parts, flow } = draft;
  const id = randomId(parts.random, 'chl');
  return {
    id,
    scope,
    purpose: purposeOf(draft, request),
    userId: flow.userId,
    factorId: request.factorId,
    usage: request.usage,
    channel: request.channel,
    destinationSealed: await parts.vault.seal(request.destination, ['challenge', id]),
    destinationIndex: await parts.vault.index(['destination', request.destination]),
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

/** Reserved in the commit that makes the code, so before any connector is called. */
const slots = ({ sends }: Settings, { sentAt: at, destinationIndex: number, userId }: ChallengeRow): Write[] => [
  { type: 'take-slot', key: `number-10m:${number}`, max: sends.perNumberTenMinutes, window: 10 * minute, at },
  { type: 'take-slot', key: `number-day:${number}`, max: sends.perNumberDay, window: day, at },
  { type: 'take-slot', key: `user-day:${userId}`, max: sends.perUserDay, window: day, at },
];

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
