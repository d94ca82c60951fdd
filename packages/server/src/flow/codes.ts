import type { Channel, CodeStage } from '@countersign/core/code-stage';
import { CountersignError } from '@countersign/core/errors';
import type { CodeRequest, Codes } from '@countersign/core/factor';
import type { ChallengeRow } from '../store/rows.ts';
import { attemptsLeft, destinationOf, isReusable, resendAt } from './challenge.ts';
import { checkCode } from './check-code.ts';
import type { Draft } from './draft.ts';
import { makeCode, newChallenge, purposeOf } from './make-code.ts';

const iso = (at: number): string => new Date(at).toISOString();

const find = async ({ parts }: Draft, id: string): Promise<ChallengeRow> => {
  const row = await parts.store.challenges.find(id);
  if (row === null) throw new CountersignError('verification_code.expired');
  return row;
};

const open = async (draft: Draft, request: CodeRequest): Promise<string> => {
  const { parts, settings, flow } = draft;
  const now = parts.now();
  const scope = await parts.vault.index(['challenge', flow.userId, request.destination, purposeOf(draft, request)]);
  const last = await parts.store.challenges.findUnused(scope);
  if (last !== null && (isReusable(last, settings, now) || now < resendAt(last, settings))) return last.id;
  const row = last ?? (await newChallenge(draft, request, scope));
  await makeCode(draft, row, request.channel);
  return row.id;
};

/** Nothing is sent while the wait runs, nor for a code that another flow has used. */
const checkWait = ({ parts, settings }: Draft, row: ChallengeRow): void => {
  if (row.usedAt !== null) throw new CountersignError('verification_code.expired');
  const wait = resendAt(row, settings) - parts.now();
  if (wait <= 0) return;
  const retryAfter = Math.ceil(wait / 1000);
  throw new CountersignError('connector.rate_limit_exceeded', { reason: 'wait', retryAfter });
};

const check = async (draft: Draft, id: string, typed: string): Promise<string> => {
  const row = await find(draft, id);
  const verdict = await checkCode(draft, row, typed);
  if (verdict === 'superseded') return check(draft, id, typed);
  draft.writes.push({ type: 'use-challenge', id, at: draft.parts.now() });
  return destinationOf(draft.parts, row);
};

const describe = async (
  draft: Draft,
  id: string,
): Promise<Omit<CodeStage, 'target' | 'channels'> & { destination: string }> => {
  const { parts, settings } = draft;
  const row = await find(draft, id);
  return {
    destination: await destinationOf(parts, row),
    codeLength: settings.codes.length,
    sentAt: iso(row.sentAt),
    resendAt: iso(resendAt(row, settings)),
    expiresAt: iso(row.expiresAt),
    attemptsLeft: attemptsLeft(row, settings),
    delivery: row.delivery,
  };
};

const checkChannel = (channels: readonly Channel[], channel: Channel): void => {
  if (!channels.includes(channel)) throw new CountersignError('guard.invalid_input', { path: 'channel' });
};

/** The engine's codes, for the transition that `draft` is, over the channels that are open. */
export const createCodes = (draft: Draft, channels: readonly Channel[]): Codes => ({
  async open(request) {
    checkChannel(channels, request.channel);
    return open(draft, request);
  },
  async resend(id, channel) {
    checkChannel(channels, channel);
    const row = await find(draft, id);
    checkWait(draft, row);
    await makeCode(draft, row, channel);
  },
  check: (id, typed) => check(draft, id, typed),
  describe: async (id) => ({ ...(await describe(draft, id)), channels: [...channels] }),
});
