import type { Channel } from '@countersign/core/code-stage';
import type { CodeRequest } from '@countersign/core/factor';
import { randomDigits, randomId } from '../../crypto/random.ts';
import { admit } from '../../sends/admit.ts';
import type { Sending } from '../../sends/sending.ts';
import { whoAsks } from '../../sends/who-asks.ts';
import type { ChallengeRow } from '../../store/rows.ts';
import { codeDigest, nextSend, sealDestination } from './challenge.ts';
import type { Draft } from '../draft.ts';

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
    destinationSealed: '',
    destinationIndex: await parts.vault.index(['destination', destination]),
    keyId: '',
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

/** The message as the guards look at it. */
const sendingOf = async (draft: Draft, row: ChallengeRow, to: string): Promise<Sending> => ({
  channel: row.channel,
  to,
  index: row.destinationIndex,
  by: await whoAsks(draft, row.purpose),
  userId: draft.flow.userId,
  addressBlock: draft.caller.addressBlock,
  browser: draft.flow.browserHash,
  at: row.sentAt,
});

/**
 * Draws the next code of a challenge and promises its message; the codes before it die. All of it is made under the first
 * key, whichever made the code before.
 */
export const makeCode = async (
  draft: Draft,
  last: ChallengeRow,
  { to, channel }: { to: string; channel: Channel },
): Promise<void> => {
  const { parts, settings } = draft;
  const row = { ...last, keyId: parts.vault.keyId };
  const now = parts.now();
  const isFirst = row.generation === 0;
  const code = randomDigits(parts.random, settings.codes.length);
  const challenge: ChallengeRow = {
    ...row,
    channel,
    destinationSealed: await sealDestination(parts, row.id, to),
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
  const sending = await sendingOf(draft, challenge, to);
  await admit(draft, sending, row.factorId);
  draft.writes.push({ type: 'save-challenge', challenge, expected });
  const { id: challengeId, generation, usage } = challenge;
  draft.outgoing.push({ challengeId, generation, channel, to, code, usage, sending });
};
