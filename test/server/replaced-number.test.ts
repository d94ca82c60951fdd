import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulator } from '@countersign/connectors/simulator';
import { createKey, inPage, memoryStore } from '@countersign/server';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { type Life, mortalStore } from '../support/mortal-store.ts';
import { ada, mandatory, signIn, signUp } from '../support/primary.ts';

const settings = { ...mandatory, factors: ['sms'] };
const oldPhone = '+31687654321';
const newPhone = '+31612345678';
const lease = 36_000;

/** Dies at its n-th call of the store: that one is not made, nor any after it. */
const dyingAt = (call: number): Life => {
  let calls = 0;
  return {
    get isOver() {
      calls += 1;
      return calls >= call;
    },
  };
};

/** A process that dies while a number is replaced, and another one on the same store, which answers from then on. */
const processes = async (call: number) => {
  const store = memoryStore();
  const shared = { keys: [await createKey()] as const, settings, report: () => {} };
  const other = await createTestKit({ ...shared, store, seed: 2 });
  const connectors = (['sms', 'email'] as const).map((channel) =>
    simulator({ channel, inbox: (message) => other.inbox.receive(message) }),
  );
  const mortal = await createTestKit({ ...shared, store: mortalStore(store, dyingAt(call)), connectors });
  return { mortal, other };
};

/** The browser of a member who is served by the mortal process until that fails. */
const browserOf = async ({ mortal, other }: Awaited<ReturnType<typeof processes>>) => {
  const fate = { isDead: false, isBegun: false };
  const handle: TestKit['backend']['handle'] = async (...given) => {
    if (fate.isDead || !fate.isBegun) return other.backend.handle(...given);
    const answer = await mortal.backend.handle(...given);
    fate.isDead = answer.response.status >= 500;
    return answer;
  };
  const visitor = other.visitor(inPage({ ...other.backend, handle }, { origin: other.origin }));
  await signUp(other, visitor, {});
  for (const { clock } of [other, mortal]) clock.advance(61_000);
  return { visitor, fate };
};

/** Replaces the number as far as the process lives; whether it has got to the end. */
const replace = async ({ inbox }: TestKit, visitor: Visitor, replaces: string): Promise<boolean> => {
  const { status } = await visitor.begin({ kind: 'setup', factor: 'sms', replaces });
  if (status !== 201) return false;
  const actions = [
    () => ({ type: 'submit-code', code: inbox.code(oldPhone) }),
    () => ({ type: 'submit-phone', phone: newPhone }),
    () => ({ type: 'submit-code', code: inbox.code(newPhone) }),
  ];
  for (const action of actions) {
    if ((await visitor.act(action())).status !== 200) return false;
  }
  return visitor.flow.step.name === 'complete';
};

/** Who is told of the new number; what was promised is sent at least once, by whoever lives. */
const told = ({ inbox }: TestKit): string[] => {
  const notices = inbox.messages.filter(({ text }) => /A way to verify was added/u.test(text));
  return [...new Set(notices.map(({ to }) => to))].toSorted();
};

test('E3, E7: whenever a process dies that replaces a number, the old or the new one serves; of the new, mail and the old one are told', async () => {
  const outcomes = new Set<string>();
  let isDone = false;
  for (let call = 1; !isDone; call += 1) {
    const both = await processes(call);
    const { other } = both;
    const { visitor, fate } = await browserOf(both);
    const account = ownAccount(other, visitor);
    const { userId, factors } = await account.read();
    fate.isBegun = true;
    isDone = await replace(other, other.visitor(visitor.fetch), factors[0]?.id ?? '');
    fate.isDead = true;
    other.clock.advance(lease);
    await other.backend.outbox.run();
    const [held, ...more] = await other.backend.users.factors(userId);
    assert.deepEqual(more, []);
    const isNew = held?.target === '•••• 78';
    assert.ok(isNew || held?.target === '•••• 21', `after ${call} calls none is left`);
    assert.deepEqual(told(other), isNew ? [oldPhone, ada.value] : [], `after ${call} calls`);
    other.clock.advance(301_000);
    const steps = await signIn(other, other.visitor(), {});
    assert.deepEqual(steps, ['identify', 'verify-factor', 'complete']);
    assert.equal(other.inbox.messages.at(-1)?.to, isNew ? newPhone : oldPhone);
    outcomes.add(`${isNew ? 'new' : 'old'}, ${isDone ? 'done' : 'died'}`);
  }
  assert.deepEqual([...outcomes].toSorted(), ['new, died', 'new, done', 'old, died']);
});
