import assert from 'node:assert/strict';
import type { Reply } from '@countersign/server/testing';
import type { Move, World } from './world.ts';

/** A message with what the model remembers of it. */
export interface Sent {
  to: string;
  code: string;
  usage: string;
  at: number;
  /** Whether it has served. */
  isSpent: boolean;
  /** Whether it was refused, so that an honest person asks for another. */
  isRefused: boolean;
}

type Order = Pick<Sent, 'to' | 'usage'>;

const codeLife = 300_000;

/** The newest code that was sent there for this, in time, and has not served before. */
const fresh = ({ kit, sent }: World, { to, usage }: Order): Sent[] =>
  sent.filter((one) => one.to === to && one.usage === usage && !one.isSpent && kit.clock.now() < one.at + codeLife);

/** A code that was sent there for this, in time, and has not served before; it has now. */
export const spendMessage = (world: World, typed: unknown, order: Order): void => {
  const message = fresh(world, order).find(({ code }) => code === typed);
  const { to, usage } = order;
  assert.ok(message, `${String(typed)} was accepted for ${usage}, but ${to} was sent no such code that could serve`);
  message.isSpent = true;
};

/** Types the code that came last, or asks for another where none that came can serve. */
export const enterSent = (world: World, order: Order): Move => {
  const message = fresh(world, order).findLast(({ isRefused }) => !isRefused);
  return { action: message ? { type: 'submit-code', code: message.code } : { type: 'resend' } };
};

/** Notes what has arrived, and that no fault of the server's own was answered. */
export const receive = ({ kit, sent }: World, reply: Pick<Reply, 'status' | 'body'>): void => {
  assert.ok(reply.status < 500, JSON.stringify(reply.body));
  for (const { to, code, usage } of kit.inbox.messages.slice(sent.length)) {
    sent.push({ to, code, usage: String(usage), at: kit.clock.now(), isSpent: false, isRefused: false });
  }
};
