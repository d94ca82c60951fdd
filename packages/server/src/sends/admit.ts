import { CountersignError } from '@countersign/core/errors';
import type { Draft } from '../flow/draft.ts';
import type { FlowRow } from '../store/rows.ts';
import { passBotCheck } from './bot-check.ts';
import { judgeAsking, judgeSending } from './guard.ts';
import { isAllowed } from './number.ts';
import type { Sending } from './sending.ts';
import { isSimSafe } from './sim-swap.ts';

/** Whether it must not show that, and when, a message went out: who asked has proved nothing, and may be anybody. */
export const isUnseen = ({ kind, userId }: Pick<FlowRow, 'kind' | 'userId'>): boolean =>
  kind !== 'sign-up' && userId === null;

/** No message goes to this factor in this flow any more; another one is asked for. */
const bar = ({ flow, happened }: Draft, factorId: string, reason: 'sim-swap' | 'number'): never => {
  flow.barred = [...flow.barred, factorId];
  happened.push({ type: 'send-refused', factorId, reason });
  throw new CountersignError('session.mfa.factor_locked');
};

const checkNumber = async (draft: Draft, { channel, to }: Sending, factorId: string | null): Promise<void> => {
  const { parts, settings } = draft;
  const isSafe = factorId === null || channel === 'email' || (await isSimSafe(parts, to));
  if (isSafe && isAllowed(settings, channel, to)) return;
  if (factorId !== null) return bar(draft, factorId, isSafe ? 'number' : 'sim-swap');
  throw new CountersignError('user.invalid_phone', { path: 'phone' });
};

/**
 * The one way to a code's message: every guard has its say, and what it counts is committed with the code. `factorId` is
 * the held factor that the message is for; null for none. Throws `session.mfa.factor_locked` where nothing may go to it,
 * and the errors of the bot check; what is stopped for a while is noted in the draft, since it depends on the step how a
 * person is told.
 */
export const admit = async (draft: Draft, sending: Sending, factorId: string | null): Promise<void> => {
  const { parts, settings, caller } = draft;
  await checkNumber(draft, sending, factorId);
  const judge = isUnseen(draft.flow) ? judgeAsking : judgeSending;
  const { writes, stoppedUntil, asks } = await judge(parts, settings, sending);
  if (asks && stoppedUntil === null) await passBotCheck(parts, caller.solution);
  draft.writes.push(...writes);
  draft.stoppedUntil = stoppedUntil;
};
