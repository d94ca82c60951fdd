import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { assertHas } from '../support/assert-has.ts';
import { held, submit, usages } from '../support/mailed.ts';
import { ada, adasPhone, goOn, mandatory, signIn, signUp } from '../support/primary.ts';

const address = ada.value;

test('an address proved at sign-up is a factor, with one message in all, and signs in with the next', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['email', 'backup-codes'] } });
  const visitor = kit.visitor();
  const steps = await signUp(kit, visitor, { identifier: ada });
  assert.deepEqual(steps, ['identify', 'enter-code', 'set-password', 'save-backup-codes', 'complete']);
  assert.deepEqual(usages(kit), [['email', address, 'Register']]);
  assert.deepEqual(held(visitor), [
    ['email', 'a•••@example.com'],
    ['backup-codes', '10'],
  ]);
  kit.clock.advance(60_000);
  const returning = kit.visitor();
  await signIn(kit, returning, { identifier: ada, until: 'verify-factor' });
  assertHas(returning.flow.step, { factor: 'email', target: 'a•••@example.com' });
  assert.deepEqual(usages(kit).at(-1), ['email', address, 'MfaVerification']);
  const { flow } = await submit(returning, kit.inbox.code());
  assert.ok(flow.step.name === 'complete');
  assert.deepEqual(flow.step.amr, ['pwd', 'otp', 'mfa']);
});

test('a phone proved at sign-up is no e-mail factor: an address is asked for', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['email'] } });
  const visitor = kit.visitor();
  const steps = await signUp(kit, visitor, { identifier: adasPhone, email: 'ada@work.example' });
  assert.deepEqual(steps.slice(2), ['set-password', 'setup-factor', 'setup-factor', 'complete']);
  assert.deepEqual(held(visitor), [['email', 'a•••@work.example']]);
});

test('with both on, who signs up by mail is asked for a phone, but does not have to', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['sms', 'email'] } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'choose-factor' });
  assertHas(visitor.flow.step, { suggestion: true, available: ['sms'] });
  await visitor.act({ type: 'skip' });
  assert.deepEqual(held(visitor), [['email', 'a•••@example.com']]);
});

test('a reset by mail has shown the mailbox already, so that another factor is asked for', async () => {
  const kit = await createTestKit({
    settings: {
      ...mandatory,
      resetPassword: { identifiers: ['email'] },
      acknowledgeWarnings: ['mfa.forgot_password_weakens_email'],
      factors: ['email', 'backup-codes'],
    },
  });
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(61_000);
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  await goOn(kit, visitor, { identifier: ada, until: 'verify-factor' });
  assertHas(visitor.flow.step, { factor: 'backup-codes' });
});

test('E7: that a phone was removed is mailed to who also holds an address', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['sms', 'email'] } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: adasPhone, until: 'choose-factor' });
  await visitor.act({ type: 'choose', factor: 'email' });
  await goOn(kit, visitor, { email: 'ada@work.example' });
  const { read, send } = ownAccount(kit, visitor);
  const { factors } = await read();
  const [phone = '', mail = ''] = ['sms', 'email'].map((type) => factors.find((one) => one.type === type)?.id);
  const own = kit.visitor(visitor.fetch);
  await own.begin({ kind: 'verify', for: { action: 'remove-factor', target: phone } });
  await own.act({ type: 'choose', factorId: mail });
  const { step } = (await submit(own, kit.inbox.code('ada@work.example'))).flow;
  assert.ok(step.name === 'complete' && step.result.type === 'step-up');
  assert.equal((await send('DELETE', `/account/factors/${phone}`, { stepUp: step.result.token })).status, 200);
  const { channel, to, text } = kit.inbox.messages.at(-1) ?? {};
  assert.deepEqual([channel, to], ['email', 'ada@work.example']);
  assert.match(text ?? '', /was removed/u);
});
