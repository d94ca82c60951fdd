import assert from 'node:assert/strict';
import { rightAnswer } from './answers.ts';
import { beginForHost, beginOwn } from './begin.ts';
import { judge } from './judge.ts';
import { isUsable, type Person } from './person.ts';
import { receive } from './sent.ts';
import { count, type Move, type World } from './world.ts';
import type { Reply } from '@countersign/server/testing';

/** How many actions an honest person may need to get from anywhere to the end. */
const enough = 30;

/** Sends an action, and has the answer judged. */
export const act = async (world: World, move: Move): Promise<Reply> => {
  const { tab } = world;
  const { action } = move;
  const before = tab.visitor.flow.step;
  const reply = await tab.visitor.act(action);
  world.way.push(`${before.name}: ${action.type} ${reply.status}`);
  receive(world, reply);
  if (reply.status === 200) await judge(world, { ...move, before });
  else {
    for (const one of world.sent) if (one.code === action['code']) one.isRefused = true;
    await judge(world, null);
  }
  return reply;
};

/** An administrator tells a person a pass, once it is sure who they are. */
export const givePass = async ({ kit }: World, person: Person, hours = 8): Promise<void> => {
  if (person.userId === null) return;
  const { pass } = await kit.backend.users.issuePass(person.userId, { actor: 'Grace', reason: 'phone lost', hours });
  person.passes.push({ text: pass, until: kit.clock.now() + hours * 3600_000 });
};

/** Begins the same once more where it can be begun; else what anybody can begin: signing in. */
const beginAgain = async (world: World): Promise<void> => {
  const { kind, by, browser, person } = world.tab;
  count(world, 'begun again');
  if (by === 'host' && person && (kind === 'setup' || kind === 'verify' || kind === 'sign-in')) {
    await beginForHost(world, browser, { kind, person, isFresh: true });
    return;
  }
  const own = kind === 'reset-password' ? kind : 'sign-in';
  const isNobody = world.people.length === 0 || kind === 'sign-up';
  const reply = await beginOwn(world, browser, isNobody ? 'sign-up' : own);
  assert.equal(reply.status, 201);
};

/** Milliseconds that the answer, or the step, says to wait; else until an app shows its next code. */
const waitOf = ({ tab, kit }: World, reply: Reply): number => {
  const { step } = tab.visitor.flow;
  if (step.name === 'blocked') {
    assert.ok(step.retryAt !== null, 'so few guesses lock no factor');
    return Math.max(1000, Date.parse(step.retryAt) - kit.clock.now());
  }
  const { body } = reply;
  const named = typeof body === 'object' && body !== null && 'retryAfter' in body ? Number(body.retryAfter) : 0;
  return Math.max(30, named) * 1000;
};

/** A person who has all they hold at hand gets to the end from wherever the flow stands, after the waits that are named. */
export const finish = async (world: World, pick: number): Promise<void> => {
  for (let left = enough; left > 0 && world.tab.visitor.flow.step.name !== 'complete'; left -= 1) {
    const { step } = world.tab.visitor.flow;
    const { person, kind } = world.tab;
    if (step.name === 'identify' && kind !== 'sign-up' && world.people.length === 0) await beginAgain(world);
    if (step.name === 'enter-pass' && person && person.passes.length === 0) await givePass(world, person);
    const move = rightAnswer(world, pick + (left >> 1));
    const reply = await act(world, move);
    if (reply.status === 410 || reply.status === 404) await beginAgain(world);
    else if (reply.status !== 200 || move.action.type === 'retry') world.kit.clock.advance(waitOf(world, reply));
  }
  const { step } = world.tab.visitor.flow;
  const held = world.tab.person?.held.filter(isUsable).map(({ type }) => type);
  assert.equal(step.name, 'complete', `there is no way on; held: ${held?.join()}`);
};
