import type { Channel, CodeStage } from '@countersign/core/code-stage';
import { CountersignError } from '@countersign/core/errors';
import type { CodeRequest, Codes } from '@countersign/core/factor';
import { connectorFor } from '../../outbox/hand.ts';
import { countVerified } from '../../sends/conversion.ts';
import type { ChallengeRow } from '../../store/rows.ts';
import { attemptsLeft, findChallenge, destinationOf, isReusable, nextLook, resendAt } from './challenge.ts';
import { checkCode } from './check-code.ts';
import { type Draft, userIdOf } from '../draft.ts';
import { type CodeOrder, makeCode, newChallenge } from './make-code.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** See {@link Codes.open}. */
export const openCode = async (draft: Draft, order: CodeOrder): Promise<string> => {
  const { parts, settings } = draft;
  const now = parts.now();
  const scope = await parts.vault.index(['challenge', order.subject, order.destination, order.purpose]);
  const last = await parts.store.challenges.findUnused(scope);
  // A code that was sent for a factor which is gone proves nothing of the one that took its place.
  const isSame = last?.factorId === order.factorId;
  if (last !== null && isSame && (isReusable(last, settings, now) || now < resendAt(last, settings))) return last.id;
  const row = last === null ? await newChallenge(draft, order, scope) : { ...last, factorId: order.factorId };
  await makeCode(draft, row, { to: order.destination, channel: order.channel });
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

/** See {@link Codes.resend}. */
export const resendCode = async (draft: Draft, id: string, channel: Channel): Promise<void> => {
  const row = await findChallenge(draft.parts, id);
  checkWait(draft, row);
  await makeCode(draft, row, { to: await destinationOf(draft.parts, row), channel });
};

/** See {@link Codes.check}. */
export const checkTyped = async (draft: Draft, id: string, typed: string): Promise<string> => {
  const row = await checkCode(draft, id, typed);
  const to = await destinationOf(draft.parts, row);
  const { channel, sentAt: at } = row;
  draft.writes.push({ type: 'use-challenge', id, at: draft.parts.now() }, ...countVerified({ channel, to, at }));
  return to;
};

/** See {@link Codes.describe}. */
export const describeCode = async (
  draft: Draft,
  id: string,
): Promise<Omit<CodeStage, 'target' | 'channels'> & { destination: string }> => {
  const { parts, settings } = draft;
  const row = await findChallenge(draft.parts, id);
  const isHeardOf = connectorFor(parts, row.channel)?.readReports !== undefined;
  const look = isHeardOf ? nextLook(row, parts.now()) : null;
  return {
    destination: await destinationOf(parts, row),
    codeLength: settings.codes.length,
    sentAt: iso(row.sentAt),
    resendAt: iso(resendAt(row, settings)),
    expiresAt: iso(row.expiresAt),
    attemptsLeft: attemptsLeft(row, settings),
    delivery: row.delivery,
    checkAt: look === null ? null : iso(look),
    sends: row.sends,
    channel: row.channel,
  };
};

/** The channels, of those that would do, that a connector serves. */
export const openChannels = ({ parts }: Draft, channels: readonly Channel[]): Channel[] =>
  channels.filter((channel) => connectorFor(parts, channel) !== undefined);

/** Refuses a channel that is not open. */
export const checkChannel = (open: readonly Channel[], channel: Channel): void => {
  if (!open.includes(channel)) throw new CountersignError('guard.invalid_input', { path: 'channel' });
};

/** Binding, a step-up before a change, or verification. */
const purposeOf = ({ flow }: Draft, { factorId }: CodeRequest): CodeOrder['purpose'] => {
  if (factorId === null) return 'bind';
  return flow.kind === 'setup' ? 'step-up' : 'verify';
};

/** The engine's codes, for the transition that `draft` is, over the channels that are open. */
export const createCodes = (draft: Draft, channels: readonly Channel[]): Codes => ({
  async open(request) {
    checkChannel(channels, request.channel);
    return openCode(draft, { ...request, purpose: purposeOf(draft, request), subject: userIdOf(draft) });
  },
  async resend(id, channel) {
    checkChannel(channels, channel);
    await resendCode(draft, id, channel);
  },
  check: (id, typed) => checkTyped(draft, id, typed),
  describe: async (id) => ({ ...(await describeCode(draft, id)), channels: [...channels] }),
});
