import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BeginOptions, SettingsInput } from '@countersign/server';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';
import { addPhone, ownAccount } from '../support/account.ts';
import { assertHas } from '../support/assert-has.ts';
import { saveCodes, use } from '../support/backup-codes.ts';
import { ada, adasPhone, goOn, mandatory, signIn, signUp } from '../support/primary.ts';
import { proofOf } from '../support/proof-of.ts';
import { appCode, confirmApp } from '../support/totp-app.ts';

// What comparable systems get wrong about what is held and what counts; docs/known-defects.md has the list.

const minute = 61_000;
const hour = 3600_000;
const always = { mode: 'mandatory' } as const;
const quiet = { mode: 'optional', prompt: 'never' } as const;

const enter = async (kit: TestKit, begun: Partial<BeginOptions>): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin(begun)).token);
  return visitor;
};

const change = (kit: TestKit, part: Partial<SettingsInput>): Promise<unknown> =>
  kit.backend.settings.write({ appName: 'Acme', ...part });

/** What the proof of a finished flow says. */
const proved = ({ backend, origin }: TestKit, { flow }: Visitor, kind: 'sign-in' | 'verify') =>
  backend.proofs.verify(proofOf(flow), { userId: 'ada', audience: origin, nonce: 'nonce', kind });

/** Ada with an app, and a number or an address that was added behind it. */
const withApp = async (type: 'sms' | 'email'): Promise<TestKit> => {
  const kit = await createTestKit({ settings: { factors: ['totp', type], policy: always } });
  const secret = await confirmApp(kit, await enter(kit, { kind: 'setup', factor: 'totp' }));
  kit.clock.advance(minute);
  const adding = await enter(kit, { kind: 'setup', factor: type });
  await adding.act({ type: 'submit-code', code: appCode(kit, secret) });
  await goOn(kit, adding, {});
  kit.clock.advance(minute);
  return kit;
};

const switchTo = async (visitor: Visitor, type: string): Promise<void> => {
  await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  await visitor.act({ type: 'choose', factorId: step.held.find((one) => one.type === type)?.id });
};

test('KD-01: a message or a mail that was used last is asked for first where an app is held too', async () => {
  for (const type of ['sms', 'email'] as const) {
    const kit = await withApp(type);
    const first = await enter(kit, { kind: 'sign-in' });
    assertHas(first.flow.step, { name: 'verify-factor', factor: 'totp' });
    await switchTo(first, type);
    await first.act({ type: 'submit-code', code: kit.inbox.code() });
    assert.equal(first.flow.step.name, 'complete');
    kit.clock.advance(hour);
    assertHas((await enter(kit, { kind: 'sign-in' })).flow.step, { name: 'verify-factor', factor: type });
  }
});

test('KD-02: of factors that never verified anything the person chooses, and nothing is sent before', async () => {
  const kit = await createTestKit({ settings: { factors: ['sms', 'email'], policy: always } });
  await enter(kit, {
    kind: 'sign-in',
    identifiers: [adasPhone, ada].map((one) => ({ ...one, verifiedAt: kit.clock.now() })),
  });
  const { step } = (await enter(kit, { kind: 'sign-in' })).flow;
  assertHas(step, { name: 'choose-factor', mode: 'verify', held: [{ type: 'sms' }, { type: 'email' }] });
  assert.deepEqual(kit.inbox.messages, []);
});

test('KD-03: a factor that is switched off is neither asked for nor counted, and is back when it is switched on', async () => {
  const kit = await createTestKit({ settings: { policy: always } });
  await drive(kit).bind();
  kit.clock.advance(minute);
  const caught = await enter(kit, { kind: 'sign-in' });
  const code = kit.inbox.code();
  const sent = kit.inbox.messages.length;

  await change(kit, { factors: ['totp'], policy: always });
  await caught.act({ type: 'submit-code', code });
  assert.notEqual(caught.flow.step.name, 'complete', 'not even for who was asked for it before');
  const without = await enter(kit, { kind: 'sign-in' });
  assertHas(without.flow.step, { name: 'setup-factor', factor: 'totp' });
  assert.equal(kit.inbox.messages.length, sent);

  await change(kit, { factors: ['sms', 'totp'], policy: always });
  assertHas((await enter(kit, { kind: 'sign-in' })).flow.step, { name: 'verify-factor', factor: 'sms' });
});

test('KD-04: the last backup code signs in like the others, although a phone is held too', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const codes = await saveCodes(kit);
  for (const code of codes.slice(0, -1)) assert.equal((await use(kit, code)).flow.step.name, 'complete');
  const last = await use(kit, codes.at(-1) ?? '');
  assert.deepEqual([last.status, last.flow.step.name], [200, 'save-backup-codes'], 'proved, and asked for no more');
});

test('KD-05: a number that was imported without a proof is no factor, and turns nothing on', async () => {
  const kit = await createTestKit({ settings: { policy: quiet } });
  const known = await enter(kit, { kind: 'sign-in', identifiers: [adasPhone] });
  assert.equal((await proved(kit, known, 'sign-in')).mfa, false);
  assert.deepEqual(await kit.backend.users.factors('ada'), []);
  await change(kit, { factors: ['sms'], policy: always });
  const { step } = (await enter(kit, { kind: 'sign-in' })).flow;
  assertHas(step, { name: 'setup-factor', stage: 'phone', prefill: adasPhone.value });
  assert.deepEqual(kit.inbox.messages, [], 'it is suggested, and nothing goes there unasked');
});

test('KD-05: a number that was imported with a proof is a factor, and turns nothing on either', async () => {
  const kit = await createTestKit({ settings: { policy: quiet } });
  const known = await enter(kit, { kind: 'sign-in', identifiers: [{ ...adasPhone, verifiedAt: kit.clock.now() }] });
  const { mfa, amr } = await proved(kit, known, 'sign-in');
  assert.deepEqual([mfa, amr], [false, ['pwd']]);
  assert.equal((await kit.backend.users.factors('ada')).length, 1);
});

test('KD-06: who did not turn 2-step verification on is asked for no code when the operator switches SMS on', async () => {
  const signedUp = { signUp: mandatory.signUp };
  const kit = await createTestKit({ settings: { ...signedUp, factors: ['totp'], policy: quiet } });
  await signUp(kit, kit.visitor(), { identifier: adasPhone });
  const sent = kit.inbox.messages.length;
  await change(kit, { ...signedUp, factors: ['sms'], policy: quiet });
  assert.deepEqual(await signIn(kit, kit.visitor(), { identifier: adasPhone }), ['identify', 'complete']);
  await change(kit, { ...signedUp, factors: ['sms'], policy: { mode: 'optional', prompt: 'sign-in' } });
  const asked = await signIn(kit, kit.visitor(), { identifier: adasPhone, until: 'turn-on' });
  assert.deepEqual(asked, ['identify', 'turn-on']);
  assert.equal(kit.inbox.messages.length, sent);
});

test('KD-07: SMS alone is a second factor for everybody who asks: the flow, the host and the account', async () => {
  const kit = await createTestKit({ settings: { policy: { mode: 'optional', prompt: 'sign-in' } } });
  await drive(kit).bind();
  kit.clock.advance(minute);
  const visitor = await enter(kit, { kind: 'sign-in' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  const { mfa, amr } = await proved(kit, visitor, 'sign-in');
  assert.deepEqual([mfa, amr], [true, ['pwd', 'sms', 'mfa']]);
  const firstFactor = { amr: ['pwd' as const], at: kit.clock.now() };
  const { token } = await kit.backend.accounts.issueToken({ userId: 'ada', firstFactor });
  const headers = { authorization: `Bearer ${token}` };
  const response = await kit.browser()(`${kit.base}/account`, { headers });
  assertHas(await response.json(), { account: { isOn: true, factors: [{ type: 'sms', enabled: true }] } });
});

/** A member with a phone, in the session that the visitor has. */
const member = async (part: Partial<SettingsInput> = {}) => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['sms', 'totp'], policy: always, ...part } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until: 'choose-factor' });
  await visitor.act({ type: 'choose', factor: 'sms' });
  await goOn(kit, visitor, {});
  kit.clock.advance(minute);
  return { kit, visitor, account: ownAccount(kit, visitor) };
};

test('KD-08: a number is listed, and goes by itself while another one stays', async () => {
  const { kit, visitor, account } = await member();
  await addPhone(kit, visitor, adasPhone.value);
  kit.clock.advance(minute);
  const [first, second] = (await account.read()).factors;
  assert.deepEqual([first?.target, second?.target], ['•••• 21', '•••• 78']);
  assert.equal((await account.remove(first?.id ?? '')).status, 200);
  assertHas((await account.read()).factors, [{ id: second?.id, target: '•••• 78' }]);
});

test('KD-09: a change of the account takes a code of the app where a message would do', async () => {
  const { kit, visitor, account } = await member();
  const adding = kit.visitor(visitor.fetch);
  await adding.begin({ kind: 'setup', factor: 'totp' });
  await adding.act({ type: 'submit-code', code: kit.inbox.code() });
  const secret = await confirmApp(kit, adding);
  kit.clock.advance(minute);
  const [{ id: target = '' } = {}] = (await account.read()).factors;
  const stepUp = kit.visitor(visitor.fetch);
  await stepUp.begin({ kind: 'verify', for: { action: 'rename-factor', target } });
  await switchTo(stepUp, 'totp');
  await stepUp.act({ type: 'submit-code', code: appCode(kit, secret) });
  const { step } = stepUp.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'step-up');
  const renamed = { stepUp: step.result.token, body: { name: 'Mine' } };
  assert.equal((await account.send('PATCH', `/account/factors/${target}`, renamed)).status, 200);
});

test('KD-10: who holds the account is told of a factor that came or went, at another address', async () => {
  const { kit, visitor, account } = await member();
  const told = () => kit.inbox.messages.filter(({ to, usage }) => to === ada.value && usage === 'Generic').length;
  await addPhone(kit, visitor, adasPhone.value);
  assert.equal(told(), 1);
  kit.clock.advance(minute);
  const [{ id = '' } = {}] = (await account.read()).factors;
  await account.remove(id);
  assert.equal(told(), 2);
});
