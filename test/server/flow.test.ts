import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertHas } from '../support/assert-has.ts';
import { createTestKit, drive } from '@countersign/server/testing';

test('a user who holds nothing is led to bind a phone, and that proves the second factor', async () => {
  const kit = await createTestKit();
  const visitor = kit.visitor();
  const claimed = await visitor.claim((await kit.begin({ kind: 'verify' })).token);
  assert.equal(claimed.status, 201);
  assertHas(claimed.flow.step, {
    name: 'setup-factor',
    factor: 'sms',
    stage: 'phone',
    notice: 'session.mfa.mfa_factor_not_enabled',
    actions: ['submit-phone'],
  });

  const sent = await visitor.act({ type: 'submit-phone', phone: '06 12 34 56 78'.replace('0', '+31 ') });
  assertHas(sent.flow.step, { stage: 'code', target: '+31612345678', attemptsLeft: 5 });
  assert.equal(kit.inbox.messages[0]?.usage, 'BindMfa');

  const done = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assertHas(done.flow.step, { name: 'complete', amr: ['pwd', 'sms', 'mfa'] });
});

test('a user who holds one phone is sent a code to it and sees it masked', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  assertHas(visitor.flow.step, {
    name: 'verify-factor',
    factor: 'sms',
    stage: 'code',
    target: '•••• 78',
    codeLength: 6,
    delivery: 'accepted',
    actions: ['submit-code', 'resend'],
  });
  assert.equal(kit.inbox.messages.at(-1)?.usage, 'MfaVerification');
  assert.ok(!JSON.stringify(visitor.flow).includes('612345'), 'the full number stays on the server');
});

test('adding a second phone asks for the first one before', async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  const visitor = kit.visitor();
  const { flow } = await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  assert.equal(flow.step.name, 'verify-factor');
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assertHas(visitor.flow.step, { name: 'setup-factor', stage: 'phone', notice: null });
  await visitor.act({ type: 'submit-phone', phone: '+31687654321' });
  const done = await visitor.act({ type: 'submit-code', code: kit.inbox.code('+31687654321') });
  assertHas(done.flow.step, { name: 'complete', held: [{ target: '•••• 78' }, { target: '•••• 21' }] });
});

const withTwoPhones = async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  await visitor.act({ type: 'submit-phone', phone: '+31687654321' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code('+31687654321') });
  return kit;
};

test('the factor last used to verify comes first; the others are one switch away and get nothing before they are chosen', async () => {
  const kit = await withTwoPhones();
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  assertHas(visitor.flow.step, {
    name: 'verify-factor',
    target: '•••• 78',
    actions: ['submit-code', 'resend', 'switch'],
  });
  const before = kit.inbox.messages.length;
  const { step } = (await visitor.act({ type: 'switch' })).flow;
  assert.ok(step.name === 'choose-factor' && step.mode === 'verify');
  assert.equal(kit.inbox.messages.length, before);
  kit.clock.advance(1000);
  const other = step.held.find(({ target }) => target === '•••• 21');
  await visitor.act({ type: 'choose', factorId: other?.id });
  assert.equal(kit.inbox.messages.at(-1)?.to, '+31687654321');
  const done = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(done.flow.step.name, 'complete');

  kit.clock.advance(1000);
  const next = kit.visitor();
  await next.claim((await kit.begin()).token);
  assertHas(next.flow.step, { target: '•••• 21' }, 'the one used last is remembered');
});

test('choosing a factor that is not held is refused and changes nothing', async () => {
  const kit = await withTwoPhones();
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  await visitor.act({ type: 'switch' });
  for (const choice of [{ factorId: 'fac_unknown' }, { factor: 'sms' }, {}]) {
    const { status, problem } = await visitor.act({ type: 'choose', ...choice });
    assert.equal(status, 400);
    assert.equal(problem.code, 'session.mfa.mfa_factor_not_enabled');
    assert.equal(problem.flow?.step.name, 'choose-factor');
  }
});

test('back from the code changes the number; the same number again sends nothing more', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-code');
  await visitor.act({ type: 'back' });
  assertHas(visitor.flow.step, { stage: 'phone' });
  await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.equal(kit.inbox.messages.length, 1);
  await visitor.act({ type: 'back' });
  await visitor.act({ type: 'submit-phone', phone: '+31687654321' });
  assert.deepEqual(
    kit.inbox.messages.map(({ to }) => to),
    ['+31612345678', '+31687654321'],
  );
});

test('reading a flow sends nothing, counts nothing, prolongs nothing', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const before = visitor.flow;
  kit.clock.advance(5000);
  const { flow } = await visitor.look();
  assert.deepEqual({ ...flow, serverTime: '' }, { ...before, serverTime: '' });
  assert.equal(kit.inbox.messages.length, 2);
});

test('D1: a flow ends ten minutes after the last action, and an hour after it began', async () => {
  const kit = await createTestKit();
  const idle = await drive(kit).to('setup-phone');
  kit.clock.advance(10 * 60_000 - 1);
  assert.equal((await idle.look()).status, 200);
  kit.clock.advance(1);
  const { status, problem } = await idle.look();
  assert.deepEqual([status, problem.code], [410, 'flow.expired']);

  const busy = await drive(kit).to('setup-phone', { userId: 'bob' });
  for (let minutes = 0; minutes < 60; minutes += 6) {
    const phone = `+3161234${String(5000 + minutes)}`;
    await busy.act({ type: 'submit-phone', phone });
    await busy.act({ type: 'back' });
    kit.clock.advance(6 * 60_000);
  }
  assert.equal((await busy.look()).problem.code, 'flow.expired');
});

test('the result can be read again for a minute, the same', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('complete');
  const first = visitor.flow.step;
  kit.clock.advance(59_000);
  assert.deepEqual((await visitor.look()).flow.step, first);
  kit.clock.advance(1000);
  assert.equal((await visitor.look()).status, 410);
});

test('a number bound already is refused for the same user, before anything is sent', async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  const sent = kit.inbox.messages.length;
  const { status, problem } = await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.deepEqual([status, problem.code, problem.path], [422, 'user.phone_exists_in_profile', 'phone']);
  assert.equal(kit.inbox.messages.length, sent);
});

test('one number serves five users; the sixth is told no more than that it cannot be used', async () => {
  const kit = await createTestKit();
  for (const userId of ['u1', 'u2', 'u3', 'u4', 'u5']) {
    kit.clock.advance(11 * 60_000);
    await drive(kit).bind({ userId });
  }
  const visitor = await drive(kit).to('setup-phone', { userId: 'u6' });
  const { problem } = await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.equal(problem.code, 'user.invalid_phone');
});

test('a message names the site that the browser is on, in the last line', async () => {
  const kit = await createTestKit({ origins: ['https://app.example'] });
  await drive(kit).to('verify-factor');
  const [, last] = kit.inbox.messages;
  assert.equal(last?.text.split('\n').at(-1), `@app.example #${last?.code}`);
  assert.ok((last?.text.length ?? 999) <= 160, 'one segment');
});

test('the kit signs people up and in, for the tests of apps that use it', async () => {
  const kit = await createTestKit({ settings: { signUp: { identifiers: ['email'] }, policy: { mode: 'mandatory' } } });
  const signedUp = await drive(kit).signUp();
  assert.equal(signedUp.flow.step.name, 'complete');
  kit.clock.advance(60_000);
  const halfway = await drive(kit).signIn({ until: 'verify-factor' });
  assert.equal((await halfway.fetch(`${kit.base}/session`)).status, 401);
  await assert.rejects(drive(kit).signIn({ password: 'another one' }), /identify was refused/u);
});
