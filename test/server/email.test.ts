import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type Reply, type TestKit, type Visitor } from '@countersign/server/testing';
import { assertHas } from '../support/assert-has.ts';
import { held, submit, usages } from '../support/mailed.ts';
import { proofOf } from '../support/proof-of.ts';

const address = 'ada@example.com';
const settings = { factors: ['email'] };
const newKit = () => createTestKit({ settings });

const enter = async (kit: TestKit, kind: 'setup' | 'verify', userId = 'ada'): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind, userId })).token);
  return visitor;
};

const give = (visitor: Visitor, email: string): Promise<Reply> => visitor.act({ type: 'submit-email', email });
const wrong = (right: string): string => String((Number(right) + 1) % 1_000_000).padStart(6, '0');

const toCode = async (kit: TestKit, userId?: string): Promise<Visitor> => {
  const visitor = await enter(kit, 'setup', userId);
  assert.equal((await give(visitor, address)).status, 200);
  return visitor;
};

const bind = async (kit: TestKit, userId?: string): Promise<Visitor> => {
  const visitor = await toCode(kit, userId);
  assert.equal((await submit(visitor, kit.inbox.code(address))).flow.step.name, 'complete');
  return visitor;
};

const refused = ({ status, problem }: Reply, ...why: [status: number, code: string, path?: string]): void =>
  assert.deepEqual([status, problem.code, problem.path], [...why, undefined].slice(0, 3));

test('an address is bound by the code that was mailed to it, and is shown in full until then', async () => {
  const kit = await newKit();
  const visitor = await enter(kit, 'setup');
  assertHas(visitor.flow.step, { name: 'setup-factor', factor: 'email', stage: 'email', actions: ['submit-email'] });
  await give(visitor, ' Ada@Example.COM ');
  const { step } = visitor.flow;
  assertHas(step, { stage: 'code', target: address, channels: ['email'], attemptsLeft: 5, delivery: 'accepted' });
  assert.deepEqual(step.actions, ['submit-code', 'resend', 'back']);
  assert.deepEqual(usages(kit), [['email', address, 'BindMfa']]);
  await submit(visitor, kit.inbox.code());
  assert.deepEqual(held(visitor), [['email', 'a•••@example.com']]);
});

test('what a message says of binding suits a number and an address', async () => {
  const kit = await newKit();
  await toCode(kit);
  const { text, code } = kit.inbox.messages[0] ?? {};
  assert.equal(text, `${code} is your code to set up 2-step verification at Acme. It expires in 5 minutes.`);
});

test('a held address verifies with a mailed code, and is masked meanwhile', async () => {
  const kit = await newKit();
  await bind(kit);
  const visitor = await enter(kit, 'verify');
  assertHas(visitor.flow.step, { name: 'verify-factor', stage: 'code', target: 'a•••@example.com' });
  assert.deepEqual(visitor.flow.step.actions, ['submit-code', 'resend']);
  assert.ok(!JSON.stringify((await visitor.look()).body).includes(address), 'the address is nowhere in the answer');
  assert.deepEqual(usages(kit).at(-1), ['email', address, 'MfaVerification']);
  const { flow } = await submit(visitor, kit.inbox.code());
  const expectation = { userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'verify' } as const;
  const { amr, mfa } = await kit.backend.proofs.verify(proofOf(flow), expectation);
  assert.deepEqual([amr, mfa], [['pwd', 'otp', 'mfa'], true]);
});

test('a wrong code is counted; after five the right one does not help', async () => {
  const kit = await newKit();
  const visitor = await toCode(kit);
  const code = kit.inbox.code();
  for (const attemptsLeft of [4, 3, 2, 1, 0]) {
    const { status, problem } = await submit(visitor, wrong(code));
    assert.deepEqual([status, problem.code], [400, 'verification_code.code_mismatch']);
    assert.equal(problem.attemptsLeft, attemptsLeft);
  }
  refused(await submit(visitor, code), 400, 'verification_code.exceed_max_try');
});

test('A5: another message may be asked for after 60, 120, 240 and 240 seconds, and only its code is right', async () => {
  const kit = await newKit();
  const visitor = await toCode(kit);
  const { id } = visitor.flow.step;
  const first = kit.inbox.code();
  for (const wait of [60, 120, 240, 240]) {
    kit.clock.advance(wait * 1000 - 1);
    const { status, problem } = await visitor.act({ type: 'resend' });
    assert.deepEqual([status, problem.reason, problem.retryAfter], [429, 'wait', 1]);
    kit.clock.advance(1);
    assert.equal((await visitor.act({ type: 'resend' })).status, 200);
  }
  assert.equal(visitor.flow.step.id, id, 'the step is the same');
  assert.equal(kit.inbox.messages.length, 5);
  assert.equal((await submit(visitor, first)).problem.reason, 'superseded');
  assert.equal((await submit(visitor, kit.inbox.code())).status, 200);
});

test('a code goes by mail only, whatever is asked for', async () => {
  const kit = await newKit();
  const visitor = await toCode(kit);
  kit.clock.advance(60_000);
  refused(await visitor.act({ type: 'resend', channel: 'sms' }), 400, 'guard.invalid_input', 'channel');
  assert.equal(kit.inbox.messages.length, 1);
});

test('who mistyped goes back, and gives another address', async () => {
  const kit = await newKit();
  const visitor = await toCode(kit);
  await visitor.act({ type: 'back' });
  assertHas(visitor.flow.step, { stage: 'email' });
  await give(visitor, 'grace@example.com');
  refused(await submit(visitor, kit.inbox.code(address)), 400, 'verification_code.code_mismatch');
  await submit(visitor, kit.inbox.code('grace@example.com'));
  assert.deepEqual(held(visitor), [['email', 'g•••@example.com']]);
});

test('one’s own address is not added twice, however it is written; another one is', async () => {
  const kit = await newKit();
  await bind(kit);
  const visitor = await enter(kit, 'setup');
  await submit(visitor, kit.inbox.code());
  const sent = kit.inbox.messages.length;
  for (const again of [address, 'ADA@example.com', ' ada@EXAMPLE.com']) {
    refused(await give(visitor, again), 422, 'user.email_exists_in_profile', 'email');
  }
  assert.equal(kit.inbox.messages.length, sent);
  await give(visitor, 'ada@work.example');
  await submit(visitor, kit.inbox.code('ada@work.example'));
  assert.deepEqual(
    held(visitor).map(([, target]) => target),
    ['a•••@example.com', 'a•••@work.example'],
  );
});

test('one address serves five users; the sixth is told no more than that it cannot be used', async () => {
  const kit = await newKit();
  for (const userId of ['u1', 'u2', 'u3', 'u4', 'u5']) {
    kit.clock.advance(11 * 60_000);
    await bind(kit, userId);
  }
  const visitor = await enter(kit, 'setup', 'u6');
  const sent = kit.inbox.messages.length;
  refused(await give(visitor, address), 422, 'user.invalid_email', 'email');
  assert.equal(kit.inbox.messages.length, sent);
});

test('an address that nothing can be mailed to is refused before anything is sent', async () => {
  const kit = await newKit();
  const visitor = await enter(kit, 'setup');
  const unusable = ['ada', 'ada@', '@example.com', 'ada@localhost', 'ada@example.com\nBcc: eve@example.com', '   '];
  for (const email of [...unusable, 'a b@example.com', `${'a'.repeat(65)}@example.com`, '+31612345678']) {
    refused(await give(visitor, email), 422, 'user.invalid_email', 'email');
  }
  for (const email of ['', 'a'.repeat(321), 7, null, [address], { email: address }]) {
    const { status, problem } = await visitor.act({ type: 'submit-email', email });
    assert.deepEqual([status, problem.code], [400, 'guard.invalid_input']);
  }
  assertHas(visitor.flow.step, { stage: 'email' });
  assert.equal(kit.inbox.messages.length, 0);
});

test('an abandoned flow leaves no factor, and its code serves no other', async () => {
  const kit = await newKit();
  await toCode(kit);
  const code = kit.inbox.code();
  kit.clock.advance(10 * 60_000);
  const visitor = await enter(kit, 'verify');
  assertHas(visitor.flow.step, { name: 'setup-factor', stage: 'email' });
  await give(visitor, 'grace@example.com');
  refused(await submit(visitor, code), 400, 'verification_code.code_mismatch');
});
