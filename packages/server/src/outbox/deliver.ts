import { aboutUser, type Happening } from '../events/happening.ts';
import { maskAddress } from '../events/mask-address.ts';
import { record } from '../events/record.ts';
import type { Parts } from '../parts.ts';
import type { Write } from '../store/store.ts';
import { judgeCost } from '../sends/guard.ts';
import { findOwner } from '../flow/primary/owner.ts';
import { hand, type Outcome } from './hand.ts';
import type { OutboxMessage, Posted } from './message.ts';

/** How often a notice is tried whose provider certainly did not take it, or whose sender died each time. */
export const maxAttempts = 5;

/** What became of a message: handed over, with the outcome, or not needed any more. */
export type Delivered = Outcome | { delivery: 'dropped' };

/** Whoever has a newer code, or has used this one, is not sent it; nor is anybody whom nobody knows. */
const isNeeded = async ({ store, now }: Parts, { code, owner }: OutboxMessage): Promise<boolean> => {
  if (owner !== null && (await findOwner(store, owner)) === null) return false;
  if (code === null) return true;
  const row = await store.challenges.find(code.id);
  return row !== null && row.generation === code.generation && row.usedAt === null && now() < row.expiresAt;
};

const noteDelivery = ({ now }: Parts, { code, owner }: OutboxMessage, outcome: Delivered): Write[] => {
  // Whether a message went out must not show to who asked for one to somebody's address.
  if (code === null || owner !== null || outcome.delivery === 'dropped') return [];
  if (outcome.delivery !== 'failed') {
    return [{ type: 'note-delivery', code, delivery: outcome.delivery, retryAt: null }];
  }
  const { retryAfter } = outcome.error;
  const retryAt = retryAfter > 0 ? now() + retryAfter * 1000 : null;
  return [{ type: 'note-delivery', code, delivery: 'failed', retryAt }];
};

/** A code that failed is asked for anew by the person; a notice, which nobody asks for, stays until it is tried again. */
const isOver = ({ row, message }: Posted, { delivery }: Delivered): boolean =>
  delivery !== 'failed' || message.code !== null || row.attempts >= maxAttempts;

const happeningOf = ({ to, about, code }: OutboxMessage, outcome: Delivered): Happening => {
  const [target, kind] = [maskAddress(to), code === null ? 'notice' : 'code'] as const;
  switch (outcome.delivery) {
    case 'dropped':
      return { type: 'message-dropped', target, reason: about };
    case 'failed':
      return { type: `${kind}-failed`, target, reason: `${about}: ${outcome.error.kind}` };
    default:
      return { type: `${kind}-sent`, target, reason: `${about}: ${outcome.delivery}` };
  }
};

const settleMessage = async (parts: Parts, posted: Posted, outcome: Delivered): Promise<void> => {
  const { row, message } = posted;
  const over: Write[] = isOver(posted, outcome) ? [{ type: 'drop-message', id: row.id }] : [];
  const writes = [...over, ...noteDelivery(parts, message, outcome)];
  const { userId, flowId } = message;
  await record(parts, { writes, happened: [happeningOf(message, outcome)] }, { ...aboutUser(userId), flowId });
};

/** Whether the guards let a message be paid for that nobody was to see being asked for; who asked is not told. */
const isPaidFor = async (parts: Parts, { channel, to, owner }: OutboxMessage): Promise<boolean> => {
  if (owner === null) return true;
  const sending = { channel, to, by: owner.by, at: parts.now() };
  const { writes, stoppedUntil } = await judgeCost(parts, await parts.settings.read(), sending);
  return stoppedUntil === null && (await parts.store.changes.commit(writes)).done;
};

/** Hands over a message that was found after its sender's time was up, unless nobody needs it any more. */
export const deliverFound = async (parts: Parts, posted: Posted): Promise<Delivered> => {
  const { message } = posted;
  const needed = (await isNeeded(parts, message)) && (await isPaidFor(parts, message));
  const outcome = needed ? await hand(parts, message.channel, message) : ({ delivery: 'dropped' } as const);
  await settleMessage(parts, posted, outcome);
  return outcome;
};

/** Hands over a message right after the commit that promises it. */
export const deliver = async (parts: Parts, posted: Posted): Promise<Outcome> => {
  const { message } = posted;
  const outcome = await hand(parts, message.channel, message);
  await settleMessage(parts, posted, outcome);
  return outcome;
};

/**
 * Delivers where somebody has the address, while the answer goes out: whether, when and with what success a message was
 * sent must not show to who asked, since nobody has proved anything yet.
 */
export const deliverUnseen = (parts: Parts, posted: Posted): void => {
  deliverFound(parts, posted).catch(parts.report);
};
