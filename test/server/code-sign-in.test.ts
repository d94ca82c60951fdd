import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { ada, adasPhone, goOn, password, signIn, signUp } from '../support/primary.ts';

const codeOnly = {
  signUp: { identifiers: ['phone'] },
  signIn: { identifiers: ['phone'], methods: ['code'] },
  factors: ['email', 'backup-codes'],
  policy: { mode: 'mandatory' },
} satisfies TestKitOptions['settings'];

const either = (first: 'password' | 'code', second: 'password' | 'code') =>
  ({
    signUp: { identifiers: ['email'] },
    signIn: { identifiers: ['email'], methods: [first, second] },
    factors: ['sms'],
    policy: { mode: 'mandatory' },
  }) satisfies TestKitOptions['settings'];

const member = async (
  settings: TestKitOptions['settings'] & object,
  identifier: typeof ada | typeof adasPhone = ada,
) => {
  const kit = await createTestKit({ settings });
  const visitor = kit.visitor();
  const names = await signUp(kit, visitor, { identifier });
  kit.clock.advance(61_000);
  return { kit, visitor, names };
};

const methods = (...named: ('password' | 'code')[]) => ({
  signIn: { identifiers: ['email' as const], methods: named },
});

const usages = ({ inbox }: TestKit, from: number): string[] => inbox.messages.slice(from).map(({ usage }) => usage);

test('where a code is all that one signs in with, signing up asks for no password', async () => {
  const { kit, visitor, names } = await member(codeOnly, adasPhone);
  assert.deepEqual(names, ['identify', 'enter-code', 'setup-factor', 'setup-factor', 'save-backup-codes', 'complete']);
  assert.deepEqual((visitor.flow.step as { amr?: unknown }).amr, ['sms', 'otp', 'mfa']);

  const sent = kit.inbox.messages.length;
  const back = kit.visitor();
  assert.deepEqual(await signIn(kit, back, { identifier: adasPhone }), [
    'identify',
    'enter-code',
    'verify-factor',
    'complete',
  ]);
  assert.deepEqual(usages(kit, sent), ['SignIn', 'MfaVerification']);
});

test('D3: a code and no second factor give no session under a mandatory policy [defect 6]', async () => {
  const { kit } = await member(codeOnly, adasPhone);
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  await goOn(kit, visitor, { identifier: adasPhone, until: 'verify-factor' });
  assert.equal((await ownAccount(kit, visitor).send('GET', '/account')).status, 401);
  const sms = kit.inbox.messages.findLast(({ channel }) => channel === 'sms')?.code ?? '';
  const refused = await visitor.act({ type: 'submit-code', code: sms });
  assert.notEqual(refused.status, 200, 'the code of the first factor is not the second');
});

test('the first method is asked for at once, and the other is a switch away', async () => {
  const { kit } = await member(either('password', 'code'));
  const visitor = kit.visitor();
  const { flow } = await visitor.begin('sign-in');
  assert.deepEqual((flow.step as { methods?: unknown }).methods, ['password', 'code']);
  const stepAfter = async (action: Parameters<Visitor['act']>[0]) => {
    const { step } = (await visitor.act(action)).flow;
    return [step.name, ...step.actions];
  };
  const enterPassword = ['enter-password', 'submit-password', 'switch', 'back'];
  const enterCode = ['enter-code', 'submit-code', 'resend', 'switch', 'back'];
  assert.deepEqual(await stepAfter({ type: 'identify', identifier: ada }), enterPassword);
  assert.deepEqual(await stepAfter({ type: 'switch' }), enterCode);
  assert.deepEqual(await stepAfter({ type: 'switch' }), enterPassword);
  assert.deepEqual(await stepAfter({ type: 'switch' }), enterCode);
  assert.deepEqual(await goOn(kit, visitor, {}), ['enter-code', 'verify-factor', 'complete']);
  assert.deepEqual((visitor.flow.step as { amr?: unknown }).amr, ['otp', 'sms', 'mfa']);
});

test('where the code comes first, a password that comes with the address still signs in', async () => {
  const { kit } = await member(either('code', 'password'));
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  const sent = kit.inbox.messages.length;
  await visitor.act({ type: 'identify', identifier: ada, password });
  assert.equal(visitor.flow.step.name, 'verify-factor');
  assert.deepEqual(usages(kit, sent), ['MfaVerification']);
});

test('a password is no field where nobody signs in with one', async () => {
  const { kit } = await member(codeOnly, adasPhone);
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  const refused = await visitor.act({ type: 'identify', identifier: adasPhone, password });
  assert.deepEqual(
    [refused.status, refused.problem.code, refused.problem.path],
    [400, 'guard.invalid_input', 'password'],
  );
});

/** All that a stranger sees of asking for codes to an address, with what differs at any two addresses taken out. */
const seenBy = async (kit: TestKit, visitor: Visitor, value: string) => {
  await visitor.begin('sign-in');
  await visitor.act({ type: 'identify', identifier: { type: 'email', value } });
  const wrong = await visitor.act({ type: 'submit-code', code: '000000' });
  const soon = await visitor.act({ type: 'resend' });
  kit.clock.advance(61_000);
  const resent = await visitor.act({ type: 'resend' });
  const step: Record<string, unknown> = { ...resent.flow.step };
  const times = { id: '', target: '', sentAt: '', resendAt: '', expiresAt: '' };
  return [wrong.status, wrong.problem.attemptsLeft, soon.status, soon.problem.reason, { ...step, ...times }];
};

test('J6: an unknown address gets the same steps and answers, takes a slot, and no message', async () => {
  const { kit } = await member(either('code', 'password'));
  const sent = kit.inbox.messages.length;
  const known = await seenBy(kit, kit.visitor(), ada.value);
  const unknown = await seenBy(kit, kit.visitor(), 'nobody@example.com');
  assert.deepEqual(known, unknown);
  assert.deepEqual(
    kit.inbox.messages.slice(sent).map(({ to }) => to),
    [ada.value, ada.value],
  );
});

test('an address that nobody has proved lets nobody in by a code', async () => {
  const kit = await createTestKit({ settings: either('code', 'password') });
  await kit.begin({ kind: 'setup', userId: 'bea', identifiers: [{ type: 'email', value: 'bea@example.com' }] });
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  await visitor.act({ type: 'identify', identifier: { type: 'email', value: 'bea@example.com' } });
  assert.equal(visitor.flow.step.name, 'enter-code');
  assert.equal(kit.inbox.messages.length, 0);
});

test('the code of one sign-in is of no use in another, nor a second time', async () => {
  const { kit } = await member(either('code', 'password'));
  const [one, other] = [kit.visitor(), kit.visitor()];
  for (const visitor of [one, other]) {
    await visitor.begin('sign-in');
    await visitor.act({ type: 'identify', identifier: ada });
    kit.clock.advance(61_000);
  }
  const [first, second] = kit.inbox.messages.filter(({ usage }) => usage === 'SignIn');
  const wrong = await other.act({ type: 'submit-code', code: first?.code ?? '' });
  assert.equal(wrong.problem.code, 'verification_code.code_mismatch');
  assert.equal((await other.act({ type: 'submit-code', code: second?.code ?? '' })).status, 200);
  await other.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(other.flow.step.name, 'complete');
});

test('a code that was sent before the operator took the method out signs nobody in', async () => {
  const { kit } = await member(either('code', 'password'));
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  await visitor.act({ type: 'identify', identifier: ada });
  await kit.backend.settings.write({ ...(await kit.backend.settings.read()), ...methods('password') });
  const late = await visitor.act({ type: 'submit-code', code: kit.inbox.code(ada.value) });
  assert.deepEqual([late.status, late.problem.code], [400, 'verification_code.expired']);
});

test('who is signed in without a password or a factor shows by a code that it is still they', async () => {
  const settings = { ...codeOnly, policy: { mode: 'optional', prompt: 'never' } } as const;
  const { kit, visitor } = await member(settings, adasPhone);
  const sent = kit.inbox.messages.length;
  const own = kit.visitor(visitor.fetch);
  await own.begin({ kind: 'setup', factor: 'email' });
  assert.ok(own.flow.step.name === 'enter-code');
  assert.equal(own.flow.step.purpose, 'confirm');
  assert.deepEqual(own.flow.step.actions, ['submit-code', 'resend'], 'there is nobody else to be');
  const names = await goOn(kit, own, { identifier: adasPhone });
  assert.deepEqual(names, ['enter-code', 'setup-factor', 'setup-factor', 'save-backup-codes', 'complete']);
  assert.deepEqual(usages(kit, sent), ['UserPermissionValidation', 'BindMfa', 'Generic', 'Generic']);
});
