import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type Reply, type TestKit, type Visitor } from '@countersign/server/testing';
import { goOn, signUp } from '../../support/primary.ts';
import { addressOf, askForCode, byPhone, dutch, name, reporting } from '../../support/strangers.ts';

const minute = 60_000;
const phone = dutch(0);
const identifier = { type: 'phone', value: phone } as const;

/** An app where one signs in by a code to the phone. */
const byCode = { ...byPhone, signIn: { methods: ['code' as const] }, factors: ['totp'] };

/** A member, and the browser they signed up with. */
const member = async (): Promise<{ kit: TestKit; own: Visitor }> => {
  const kit = await createTestKit({
    settings: { ...byCode, policy: { mode: 'optional', prompt: 'never' } },
    report: reporting().report,
  });
  const own = kit.visitor();
  await signUp(kit, own, { identifier });
  kit.clock.advance(2 * minute);
  return { kit, own };
};

const signIn = async (visitor: Visitor): Promise<Reply> => {
  await visitor.begin('sign-in');
  return name(visitor, phone);
};

test('C1: strangers who use up their messages to an address leave its owner, in their own browser, theirs', async () => {
  const { kit, own } = await member();
  const statuses: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    kit.clock.advance(2 * minute);
    statuses.push((await signIn(kit.visitor(kit.browser(addressOf(i))))).status);
  }
  assert.ok(statuses.includes(429), 'they are used up');
  const sent = kit.inbox.messages.length;
  assert.equal((await signIn(own)).status, 200);
  assert.equal(kit.inbox.messages.length, sent + 1);
  await goOn(kit, own, { identifier });
  assert.equal(own.flow.step.name, 'complete');
});

test('C1: the owner does not use up the messages of a stranger either, which would tell that there is one', async () => {
  const { kit, own } = await member();
  for (let i = 0; i < 3; i += 1) {
    kit.clock.advance(2 * minute);
    assert.equal((await signIn(own)).status, 200);
    await goOn(kit, own, { identifier });
  }
  kit.clock.advance(2 * minute);
  const [known, unknown] = [await signIn(kit.visitor()), await askForCode(kit, dutch(1), addressOf(9))];
  assert.deepEqual([known.status, unknown.status], [200, 200]);
});

test('C1: the owner’s own browser has waits and an end too', async () => {
  const { kit, own } = await member();
  assert.equal((await signIn(own)).status, 200);
  assert.equal((await signIn(own)).status, 429, 'a second flow shares the wait');
  let sent = 1;
  for (kit.clock.advance(minute); (await signIn(own)).status === 200; kit.clock.advance(minute)) sent += 1;
  assert.equal(sent, 10);
});

test('C6: the owner’s own browser is no stranger to velocity, whoever has used it up', async () => {
  const { kit, own } = await member();
  for (let i = 1; i <= 20; i += 1) await askForCode(kit, dutch(0, i), addressOf(i));
  assert.equal((await askForCode(kit, dutch(0, 99), addressOf(99))).status, 429);
  assert.equal((await signIn(own)).status, 200);
});

test('C9: strangers have messages sent to nobody who has no account, and these cost no budget', async () => {
  const settings = { ...byCode, sends: { budget: { messagesPerHour: 5 } } };
  const kit = await createTestKit({ settings });
  for (let i = 0; i < 30; i += 1) {
    const visitor = kit.visitor(kit.browser(addressOf(i)));
    await visitor.begin('sign-in');
    assert.equal((await name(visitor, dutch(i))).status, 200);
  }
  assert.deepEqual(kit.inbox.messages, []);
  assert.equal((await askForCode(kit, dutch(99), addressOf(99))).status, 200);
  assert.equal(kit.inbox.messages.length, 1);
});
