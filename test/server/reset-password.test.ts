import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { ada, adasPhone, goOn, mandatory, password, signIn, signUp } from '../support/primary.ts';

const settings = {
  ...mandatory,
  resetPassword: { identifiers: ['email', 'phone'] },
  acknowledgeWarnings: ['mfa.forgot_password_weakens_sms'],
} satisfies TestKitOptions['settings'];
const fresh = 'another horse 9 battery';
const newPassword = { type: 'set-password', password: fresh } as const;

const begin = async (person = { identifier: ada } as Parameters<typeof signUp>[2]): Promise<[TestKit, Visitor]> => {
  const kit = await createTestKit({ settings });
  const visitor = kit.visitor();
  await signUp(kit, visitor, person);
  kit.clock.advance(61_000);
  return [kit, visitor];
};

test('E9: a reset by mail asks the second factor, sets the password, signs nobody in, and ends every session', async () => {
  const [kit, member] = await begin();
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  const names = await goOn(kit, visitor, { identifier: ada, password: fresh });
  assert.deepEqual(names, ['identify', 'enter-code', 'verify-factor', 'set-password', 'complete']);
  assert.deepEqual(visitor.flow.step, { ...visitor.flow.step, result: { type: 'none' } });
  assert.equal((await ownAccount(kit, visitor).send('GET', '/account')).status, 401);
  assert.equal((await ownAccount(kit, member).send('GET', '/account')).status, 401);
  assert.match(kit.inbox.messages.at(-1)?.text ?? '', /password was changed/u);
  kit.clock.advance(61_000);
  const old = kit.visitor();
  await old.begin('sign-in');
  assert.equal((await old.act({ type: 'identify', identifier: ada, password })).status, 422);
  await signIn(kit, kit.visitor(), { password: fresh });
});

test('a reset ends the sign-in that somebody is in the middle of', async () => {
  const [kit] = await begin();
  const half = kit.visitor();
  await signIn(kit, half, { until: 'verify-factor' });
  // Long enough for the reset to be sent a code of its own.
  kit.clock.advance(250_000);
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  await goOn(kit, visitor, { identifier: ada, password: fresh });
  assert.equal(visitor.flow.step.name, 'complete');
  assert.equal((await half.look()).problem.code, 'flow.expired');
});

test('E9: a reset by SMS asks another held factor, and the same SMS only where none is held', async () => {
  const [kit, visitor] = await begin({ identifier: adasPhone });
  const reset = kit.visitor();
  await reset.begin('reset-password');
  await goOn(kit, reset, { identifier: adasPhone, until: 'verify-factor' });
  assert.equal((reset.flow.step as { factor?: string }).factor, 'backup-codes');
  assert.ok(!reset.flow.step.actions.includes('switch'));

  const codes = (await ownAccount(kit, visitor).read()).factors.find(({ type }) => type === 'backup-codes');
  kit.clock.advance(61_000);
  await ownAccount(kit, visitor).remove(codes?.id ?? '');
  kit.clock.advance(61_000);
  const again = kit.visitor();
  await again.begin('reset-password');
  await goOn(kit, again, { identifier: adasPhone, until: 'verify-factor' });
  assert.equal((again.flow.step as { factor?: string }).factor, 'sms');
});

test('J6: an unknown address gets the same steps and answers, takes a slot, and no message', async () => {
  const [kit] = await begin();
  const sent = kit.inbox.messages.length;
  const shapes = [];
  for (const value of [ada.value, 'nobody@example.com']) {
    const visitor = kit.visitor();
    await visitor.begin('reset-password');
    await visitor.act({ type: 'identify', identifier: { type: 'email', value } });
    const wrong = await visitor.act({ type: 'submit-code', code: '000000' });
    const soon = await visitor.act({ type: 'resend' });
    kit.clock.advance(61_000);
    const resent = await visitor.act({ type: 'resend' });
    const { id: _id, target: _target, ...step } = (resent.flow.step ?? {}) as { id: string; target: string };
    const times = { sentAt: '', resendAt: '', expiresAt: '' };
    shapes.push([wrong.status, wrong.problem.attemptsLeft, soon.status, soon.problem.reason, { ...step, ...times }]);
  }
  assert.deepEqual(shapes[0], shapes[1]);
  const sentTo = kit.inbox.messages.slice(sent).map(({ to }) => to);
  assert.deepEqual(sentTo, [ada.value, ada.value]);
});

test('an address that nobody has proved resets no password, whoever it names', async () => {
  const kit = await createTestKit({ settings: { ...settings, policy: { mode: 'optional', prompt: 'never' } } });
  await kit.begin({ kind: 'sign-in', userId: 'bea', identifiers: [adasPhone] });
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  await visitor.act({ type: 'identify', identifier: adasPhone });
  assert.equal(visitor.flow.step.name, 'enter-code', 'the same step as for anybody');
  assert.deepEqual(kit.inbox.messages, []);
});

test('a reset is offered only where the settings name what it goes by', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const reply = await kit.visitor().begin('reset-password');
  assert.deepEqual([reply.status, reply.problem.path], [400, 'kind']);
});

test('E9: a reset never turns 2-step verification off', async () => {
  const [kit] = await begin();
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  await goOn(kit, visitor, { identifier: ada, password: fresh });
  kit.clock.advance(61_000);
  const names = await signIn(kit, kit.visitor(), { password: fresh });
  assert.deepEqual(names, ['identify', 'verify-factor', 'complete']);
});

test('E9: the password is not set before the second factor', async () => {
  const [kit] = await begin();
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  await goOn(kit, visitor, { identifier: ada, until: 'verify-factor' });
  const refused = await visitor.act(newPassword);
  assert.deepEqual([refused.status, refused.problem.code], [400, 'flow.action_not_accepted']);
});

test('E9: a factor that is added while a password is being reset is asked for before it is set', async () => {
  const kit = await createTestKit({ settings: { ...settings, factors: ['sms'] } });
  const owner = kit.visitor();
  await signUp(kit, owner, { until: 'setup-factor' });
  kit.clock.advance(61_000);
  const thief = kit.visitor();
  await thief.begin('reset-password');
  await goOn(kit, thief, { until: 'set-password' });
  await goOn(kit, owner, {});
  const { status, problem, flow } = await thief.act(newPassword);
  assert.deepEqual([status, problem.code, flow.step.name], [409, 'flow.step_changed', 'verify-factor']);
  await signIn(kit, kit.visitor(), { until: 'verify-factor' });
});
