import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { addPhone, ownAccount } from '../support/account.ts';
import { ada, mandatory, password, signIn, signUp } from '../support/primary.ts';
import { kitOn, stores } from '../support/stores.ts';

const optional = { ...mandatory, policy: { mode: 'optional', prompt: 'sign-in-and-sign-up' } } as const;

const member = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await signUp(kit, visitor, {});
  kit.clock.advance(61_000);
  return visitor;
};

const begin = async (options: TestKitOptions = { settings: mandatory }) => {
  const kit = await createTestKit(options);
  const visitor = await member(kit);
  return { kit, visitor, account: ownAccount(kit, visitor) };
};

const idOf = async (account: ReturnType<typeof ownAccount>, type: string): Promise<string> =>
  (await account.read()).factors.find((factor) => factor.type === type)?.id ?? 'none';

test('an account tells what is held, masked, what can be added, and whether 2-step verification is on', async () => {
  const { account } = await begin();
  const { factors, identifiers, available, isOn, policy } = await account.read();
  assert.deepEqual(identifiers, [ada]);
  assert.deepEqual([available, isOn, policy], [['sms', 'backup-codes'], true, 'mandatory']);
  assert.deepEqual(
    factors.map(({ type, target, name, isDefault, enabled }) => [type, target, name, isDefault, enabled]),
    [
      ['sms', '•••• 21', null, false, true],
      ['backup-codes', '10', null, false, true],
    ],
  );
});

test('nobody reads an account without a session, and an ended one opens nothing', async () => {
  const { kit, account } = await begin();
  const stranger = ownAccount(kit, kit.visitor());
  assert.deepEqual([(await stranger.send('GET', '/account')).status], [401]);
  await account.send('DELETE', '/session').catch(() => null);
  assert.equal((await account.send('GET', '/account')).status, 401);
});

test('E1, S6: a phone is added from the account, behind the factor that is held', async () => {
  const { kit, visitor, account } = await begin();
  const adding = kit.visitor(visitor.fetch);
  await adding.begin({ kind: 'setup', factor: 'sms' });
  assert.equal(adding.flow.step.name, 'verify-factor');
  await addPhone(kit, visitor, '+31612345678');
  const targets = (await account.read()).factors.filter(({ type }) => type === 'sms').map(({ target }) => target);
  assert.deepEqual(targets, ['•••• 21', '•••• 78']);
  assert.match(kit.inbox.messages.at(-1)?.text ?? '', /A way to verify was added/u);
  assert.equal(kit.inbox.messages.at(-1)?.to, ada.value);
});

test('S6: who skipped turning it on finds it again in the account, behind the password', async () => {
  const kit = await createTestKit({ settings: optional });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until: 'turn-on' });
  await visitor.act({ type: 'skip' });
  const account = ownAccount(kit, visitor);
  assert.equal((await account.read()).isOn, false);
  const adding = kit.visitor(visitor.fetch);
  await adding.begin({ kind: 'setup' });
  assert.equal(adding.flow.step.name, 'enter-password');
  assert.equal((await adding.act({ type: 'submit-password', password: 'not it at all' })).status, 422);
  await adding.act({ type: 'submit-password', password });
  assert.equal(adding.flow.step.name, 'setup-factor');
  await addPhone(kit, visitor, '+31612345678');
  assert.equal((await account.read()).isOn, true);
});

test('E1, E2: a step-up serves once, for its session, its action and its target, and for ten minutes', async () => {
  const { kit, visitor, account } = await begin();
  await addPhone(kit, visitor, '+31612345678');
  kit.clock.advance(61_000);
  const id = await idOf(account, 'sms');
  const codes = await idOf(account, 'backup-codes');
  const rename = (target: string, stepUp: string) =>
    account.send('PATCH', `/account/factors/${target}`, { stepUp, body: { name: 'Work' } });
  const stepUp = await account.stepUp('rename-factor', id);
  const refused = [
    await rename(id, ''),
    await rename(id, 'nonsense'),
    await rename(codes, stepUp),
    await account.send('DELETE', `/account/factors/${id}`, { stepUp }),
    await rename(id, `${stepUp.slice(0, -1)}${stepUp.endsWith('A') ? 'B' : 'A'}`),
  ];
  assert.deepEqual(
    refused.map(({ status, body }) => [status, body['code']]),
    Array(5).fill([403, 'session.step_up_required']),
  );
  const other = kit.visitor();
  await signIn(kit, other, {});
  const elsewhere = await ownAccount(kit, other).send('PATCH', `/account/factors/${id}`, {
    stepUp,
    body: { name: 'x' },
  });
  assert.equal(elsewhere.status, 403);
  assert.equal((await rename(id, stepUp)).status, 200);
  assert.equal((await rename(id, stepUp)).status, 403);
  assert.equal((await account.read()).factors[0]?.name, 'Work');
  kit.clock.advance(61_000);
  const late = await account.stepUp('rename-factor', id);
  kit.clock.advance(600_001);
  assert.equal((await rename(id, late)).status, 403);
});

test('the default is the factor that is asked for first', async () => {
  const { kit, visitor, account } = await begin();
  await addPhone(kit, visitor, '+31612345678');
  kit.clock.advance(61_000);
  const second = (await account.read()).factors.at(-1);
  const stepUp = await account.stepUp('set-default', second?.id ?? '');
  kit.clock.advance(61_000);
  await account.send('PATCH', `/account/factors/${second?.id}`, { stepUp, body: { isDefault: true } });
  const other = kit.visitor();
  await signIn(kit, other, { until: 'verify-factor' });
  assert.deepEqual(other.flow.step, { ...other.flow.step, factorId: second?.id });
});

test('E3: replacing a phone keeps the old one until the new one is proved', async () => {
  const { kit, visitor, account } = await begin();
  const id = await idOf(account, 'sms');
  const own = kit.visitor(visitor.fetch);
  await own.begin({ kind: 'setup', factor: 'sms', replaces: id });
  await own.act({ type: 'submit-code', code: kit.inbox.code() });
  await own.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.equal(await idOf(account, 'sms'), id);
  await own.act({ type: 'submit-code', code: kit.inbox.code('+31612345678') });
  const held = (await account.read()).factors.filter(({ type }) => type === 'sms');
  assert.deepEqual(
    held.map(({ target }) => target),
    ['•••• 78'],
  );
});

test('E6, E7: what protects an account ends its other sessions and tells its owner elsewhere', async () => {
  const { kit, visitor, account } = await begin();
  await addPhone(kit, visitor, '+31612345678');
  kit.clock.advance(61_000);
  const other = kit.visitor();
  await signIn(kit, other, {});
  kit.clock.advance(61_000);
  const begun = kit.visitor(other.fetch);
  await begun.begin({ kind: 'setup', factor: 'sms' });
  kit.clock.advance(61_000);
  assert.equal((await account.remove(await idOf(account, 'sms'))).status, 200);
  assert.equal((await ownAccount(kit, other).send('GET', '/account')).status, 401);
  assert.equal((await begun.look()).status, 410);
  const { to, text } = kit.inbox.messages.at(-1) ?? {};
  assert.deepEqual([to, /was removed/u.test(text ?? '')], [ada.value, true]);
});

test('E5: a mandatory policy keeps the last factor; an optional one lets it go and turns 2-step verification off', async () => {
  const must = await begin();
  const refused = await must.account.remove(await idOf(must.account, 'sms'));
  assert.deepEqual([refused.status, refused.body['code']], [422, 'account.last_factor']);
  assert.equal((await must.account.read()).factors.length, 2);

  const may = await begin({ settings: optional });
  assert.equal((await may.account.remove(await idOf(may.account, 'sms'))).status, 200);
  const { factors, isOn } = await may.account.read();
  assert.deepEqual([factors, isOn], [[], false]);
  const again = may.kit.visitor();
  assert.deepEqual(await signIn(may.kit, again, {}), ['identify', 'complete']);
});

test('a factor of a proved address that its owner removed does not come back by itself', async () => {
  const kit = await createTestKit({ settings: optional });
  const visitor = kit.visitor();
  const identifier = { type: 'phone', value: '+31612345678' } as const;
  await signUp(kit, visitor, { identifier, phone: '+31687654321' });
  const own = ownAccount(kit, visitor);
  kit.clock.advance(61_000);
  await own.remove(await idOf(own, 'sms'));
  const again = kit.visitor();
  await signIn(kit, again, { identifier });
  assert.deepEqual((await own.read()).factors, []);
});

for (const [name, open] of stores) {
  test(`${name}: E5: of two removals of the last two factors at the same moment one is refused`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    const visitor = await member(kit);
    const account = ownAccount(kit, visitor);
    await addPhone(kit, visitor, '+31612345678');
    kit.clock.advance(61_000);
    const ids = (await account.read()).factors.filter(({ type }) => type === 'sms').map(({ id }) => id);
    const leaves: string[] = [];
    for (const id of ids) {
      leaves.push(await account.stepUp('remove-factor', id));
      kit.clock.advance(61_000);
    }
    const answers = await Promise.all(
      ids.map((id, place) => account.send('DELETE', `/account/factors/${id}`, { stepUp: leaves[place] ?? '' })),
    );
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 422]);
    assert.equal((await account.read()).factors.filter(({ type }) => type === 'sms').length, 1);
  });
}

test('E4: ids of another user get the same 404 as ids that there are not, on every route [CVE-2020-5240]', async () => {
  const { kit, visitor, account } = await begin({ settings: { ...mandatory, trustedDevices: { days: 30 } } });
  const eve = kit.visitor();
  await signUp(kit, eve, { identifier: { type: 'email', value: 'eve@example.com' }, phone: '+31612345678' });
  const theirs = (await ownAccount(kit, eve).read()).factors[0]?.id ?? '';
  const answers: unknown[] = [];
  for (const id of [theirs, 'fac_unknown']) {
    for (const [method, path, body] of [
      ['PATCH', `/account/factors/${id}`, { name: 'x' }],
      ['PATCH', `/account/factors/${id}`, { isDefault: true }],
      ['DELETE', `/account/factors/${id}`, undefined],
      ['DELETE', `/account/devices/${id}`, undefined],
    ] as const) {
      answers.push(await account.send(method, path, { stepUp: 'x', ...(body && { body }) }));
    }
    for (const action of ['rename-factor', 'remove-factor', 'set-default', 'forget-device', 'export'] as const) {
      const { status, body } = await kit.visitor(visitor.fetch).begin({ kind: 'verify', for: { action, target: id } });
      answers.push({ status, body });
    }
    const { status, body } = await kit.visitor(visitor.fetch).begin({ kind: 'setup', replaces: id });
    answers.push({ status, body });
  }
  assert.equal(answers.length, 20);
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal((answers[0] as { status: number }).status, 404);
});

test('the export has every address in full, and no secret', async () => {
  const { account } = await begin();
  const everything = await account.export();
  assert.deepEqual(
    everything.factors.map(({ type, address }) => [type, address]),
    [
      ['sms', '+31687654321'],
      ['backup-codes', null],
    ],
  );
  assert.deepEqual(
    everything.identifiers.map(({ value }) => value),
    [ada.value],
  );
  assert.doesNotMatch(JSON.stringify(everything), /hash|salt|sealed/iu);
  assert.equal((await account.send('GET', '/account/export')).status, 403);
});
