import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { ada, adasPhone, goOn, mandatory, password, signIn, signUp } from '../support/primary.ts';

test('S1a: e-mail, code and password, then SMS and backup codes are set up, and a session begins', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  assert.deepEqual(await signUp(kit, visitor, { identifier: ada }), [
    'identify',
    'enter-code',
    'set-password',
    'setup-factor',
    'setup-factor',
    'save-backup-codes',
    'complete',
  ]);
  const { step } = visitor.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'session');
  assert.equal(step.result.token, null, 'a browser has its session as a cookie');
  assert.deepEqual(step.amr, ['pwd', 'sms', 'otp', 'mfa']);
  assert.deepEqual(
    kit.inbox.messages.map(({ channel, usage }) => [channel, usage]),
    [
      ['email', 'Register'],
      ['sms', 'BindMfa'],
    ],
  );
});

test('S2: a phone proved at sign-up is a factor, with one SMS in all', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  const steps = await signUp(kit, visitor, { identifier: adasPhone });
  assert.deepEqual(steps, ['identify', 'enter-code', 'set-password', 'save-backup-codes', 'complete']);
  assert.deepEqual(
    kit.inbox.messages.map(({ usage, to }) => [usage, to]),
    [['Register', '+31612345678']],
  );
  const { step } = visitor.flow;
  assert.ok(step.name === 'complete');
  assert.deepEqual(
    step.held.map(({ type, target }) => [type, target]),
    [
      ['sms', '•••• 78'],
      ['backup-codes', '10'],
    ],
  );
});

test('S5: an existing user whose phone was proved gets one SMS, to verify, and is not asked to bind it', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, policy: { mode: 'optional', prompt: 'never' } } });
  await signUp(kit, kit.visitor(), { identifier: adasPhone });
  await kit.backend.settings.write({ appName: 'Acme', ...mandatory, countries: 'all' });
  const sent = kit.inbox.messages.length;
  const steps = await signIn(kit, kit.visitor(), { identifier: adasPhone });
  assert.deepEqual(steps, ['identify', 'verify-factor', 'save-backup-codes', 'complete']);
  assert.deepEqual(
    kit.inbox.messages.slice(sent).map(({ usage }) => usage),
    ['MfaVerification'],
  );
});

test('under an optional policy a proved phone alone does not turn 2-step verification on', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, policy: { mode: 'optional', prompt: 'never' } } });
  assert.deepEqual(await signUp(kit, kit.visitor(), { identifier: adasPhone }), [
    'identify',
    'enter-code',
    'set-password',
    'complete',
  ]);
  assert.deepEqual(await signIn(kit, kit.visitor(), { identifier: adasPhone }), ['identify', 'complete']);
});

test('D3: who is asked may decline for good; who turns it on is verified from then on [CVE-2025-64103]', async () => {
  const prompt = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
  const kit = await createTestKit({ settings: { ...mandatory, policy: prompt } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'turn-on' });
  assert.equal((await visitor.act({ type: 'skip' })).flow.step.name, 'complete');
  assert.deepEqual(await signIn(kit, kit.visitor(), { identifier: ada }), ['identify', 'complete']);

  const other = { type: 'email', value: 'bea@example.com' } as const;
  await signUp(kit, kit.visitor(), { identifier: other });
  kit.clock.advance(60_000);
  assert.deepEqual(await signIn(kit, kit.visitor(), { identifier: other }), ['identify', 'verify-factor', 'complete']);
});

test('prompted at sign-in only, nobody is asked at sign-up', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, policy: { mode: 'optional', prompt: 'sign-in' } } });
  const { length } = await signUp(kit, kit.visitor(), { identifier: ada });
  assert.equal(length, 4);
  assert.deepEqual(await signIn(kit, kit.visitor(), { identifier: ada, until: 'turn-on' }), ['identify', 'turn-on']);
});

test('setting up may be put off under an optional policy, and is offered again', async () => {
  const prompt = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
  const kit = await createTestKit({ settings: { ...mandatory, policy: prompt } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'setup-factor' });
  assert.ok(visitor.flow.step.actions.includes('skip'));
  assert.equal((await visitor.act({ type: 'skip' })).flow.step.name, 'complete');
  const again = await signIn(kit, kit.visitor(), { identifier: ada, until: 'setup-factor' });
  assert.deepEqual(again, ['identify', 'setup-factor']);
});

test('D4: under a mandatory policy setting up cannot be skipped, and who leaves it is asked again [CVE-2026-94218]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'setup-factor' });
  assert.equal((await visitor.act({ type: 'skip' })).problem.code, 'flow.action_not_accepted');
  assert.equal((await visitor.fetch(`${kit.base}/session`)).status, 401);
  const again = await signIn(kit, kit.visitor(), { identifier: ada, until: 'setup-factor' });
  assert.deepEqual(again, ['identify', 'setup-factor']);
});

test('a taken address takes the same steps, and only its proved owner is told', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(60_000);
  const visitor = kit.visitor();
  const steps = await signUp(kit, visitor, { identifier: ada, until: 'enter-code' });
  assert.deepEqual(steps, ['identify', 'enter-code']);
  const reply = await visitor.act({ type: 'submit-code', code: kit.inbox.code(ada.value) });
  assert.deepEqual([reply.status, reply.problem.code], [422, 'user.email_already_in_use']);
  const { step } = (await visitor.look()).flow;
  assert.ok(step.name === 'identify');
  assert.equal(step.notice, 'user.email_already_in_use');
});

test('two sign-ups with one address: the second to set its password is told, and makes no user', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [first, second] = [kit.visitor(), kit.visitor()];
  await signUp(kit, first, { identifier: ada, until: 'set-password' });
  kit.clock.advance(60_000);
  await signUp(kit, second, { identifier: ada, until: 'set-password' });
  const replies = await Promise.all([first, second].map((one) => one.act({ type: 'set-password', password })));
  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 422]);
  const loser = replies.find(({ status }) => status === 422);
  assert.equal(loser?.problem.code, 'user.email_already_in_use');
  assert.equal(loser?.flow.step.name, 'identify');
});

test('a password that is easily guessed is refused with the reason, and nothing is lost', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: { type: 'email', value: 'lovelace@example.com' }, until: 'set-password' });
  const cases = [
    ['short', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['password123', 'common'],
    ['zzzzzzzzzzzz', 'common'],
    ['Lovelace-1815', 'personal'],
    ['my Acme account', 'personal'],
  ] as const;
  for (const [typed, reason] of cases) {
    const { status, problem } = await visitor.act({ type: 'set-password', password: typed });
    assert.deepEqual([status, problem.code, problem.reason], [422, 'password.rejected', reason], typed);
  }
  assert.equal((await visitor.act({ type: 'set-password', password })).flow.step.name, 'setup-factor');
});

test('a flow goes back from the code to the address, which may be another', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'enter-code' });
  assert.equal((await visitor.act({ type: 'back' })).flow.step.name, 'identify');
  const steps = await goOn(kit, visitor, { identifier: adasPhone, until: 'set-password' });
  assert.deepEqual(steps, ['identify', 'enter-code', 'set-password']);
});

test('nobody signs up where the settings name no address, and only by those that they name', async () => {
  const kit = await createTestKit();
  assert.deepEqual((await kit.visitor().begin('sign-up')).problem.path, 'kind');
  const mail = await createTestKit({ settings: { ...mandatory, signUp: { identifiers: ['email'] } } });
  const visitor = mail.visitor();
  await visitor.begin('sign-up');
  assert.equal((await visitor.act({ type: 'identify', identifier: adasPhone })).problem.path, 'identifier.type');
  const wrong = { type: 'email', value: 'ada@' };
  assert.equal((await visitor.act({ type: 'identify', identifier: wrong })).problem.code, 'user.invalid_email');
});

test('strangers get three messages a day to one address, and take none of those of its owner', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, policy: { mode: 'mandatory' } } });
  await signUp(kit, kit.visitor(), { identifier: adasPhone });
  for (const left of [1, 0, -1]) {
    kit.clock.advance(60_000);
    const stranger = kit.visitor();
    await stranger.begin('sign-up');
    const reply = await stranger.act({ type: 'identify', identifier: adasPhone });
    assert.equal(reply.status, left < 0 ? 429 : 200);
  }
  const steps = await signIn(kit, kit.visitor(), { identifier: adasPhone });
  assert.deepEqual(steps, ['identify', 'verify-factor', 'complete']);
});

test('an address that was entered for somebody else, and that nobody proved, is whose it is proved to be', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await kit.begin({ kind: 'setup', userId: 'bea', identifiers: [ada] });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada });
  kit.clock.advance(61_000);
  assert.equal((await signIn(kit, kit.visitor(), { identifier: ada })).at(-1), 'complete');
});
