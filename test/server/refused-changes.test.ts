import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { goOn, mandatory, signIn, signUp } from '../support/primary.ts';

const minute = 61_000;
const eve = { identifier: { type: 'email', value: 'eve@example.com' }, phone: '+31612345678' } as const;

const member = async (kit: TestKit, person: Parameters<typeof signUp>[2] = {}): Promise<Visitor> => {
  const visitor = kit.visitor();
  await signUp(kit, visitor, person);
  kit.clock.advance(minute);
  return visitor;
};

const factorOf = async (kit: TestKit, visitor: Visitor): Promise<string> =>
  (await ownAccount(kit, visitor).read()).factors[0]?.id ?? '';

test('E2: a step-up of one person allows nothing in the session of another [CVE-2026-9087]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const ada = ownAccount(kit, await member(kit));
  const evesBrowser = await member(kit, eve);
  const target = (await ada.read()).factors[0]?.id ?? '';
  const own = await factorOf(kit, evesBrowser);
  kit.clock.advance(minute);
  const visitor = kit.visitor(evesBrowser.fetch);
  await visitor.begin({ kind: 'verify', for: { action: 'rename-factor', target: own } });
  await goOn(kit, visitor, eve);
  const { step } = visitor.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'step-up');
  const change = { stepUp: step.result.token, body: { name: 'x' } };
  const refused = await ada.send('PATCH', `/account/factors/${target}`, change);
  assert.deepEqual([refused.status, refused.body['code']], [403, 'session.step_up_required']);
  const done = await ownAccount(kit, evesBrowser).send('PATCH', `/account/factors/${own}`, change);
  assert.equal(done.status, 200);
});

test('E1: no value that is saved, nor a missing one, takes a factor away without a step-up [defect 26]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = await member(kit);
  const account = ownAccount(kit, visitor);
  const before = await account.read();
  const path = `/account/factors/${before.factors[0]?.id}`;
  for (const body of [{ name: null }, { isDefault: true }, { type: null }, { enabled: false }, { factors: null }, {}]) {
    const { status } = await account.send('PATCH', path, { body });
    assert.ok(status === 403 || status === 400, JSON.stringify(body));
  }
  const removed = await account.send('DELETE', path);
  assert.deepEqual([removed.status, removed.body['code']], [403, 'session.step_up_required']);
  assert.deepEqual(await account.read(), before);
});

test('E6: who turns 2-step verification on is signed out everywhere else [CVE-2023-31140, GHSA-cpf2-q635-xrwx]', async () => {
  const policy = { mode: 'optional', prompt: 'never' } as const;
  const kit = await createTestKit({ settings: { ...mandatory, policy } });
  const here = await member(kit);
  const elsewhere = kit.visitor();
  assert.deepEqual(await signIn(kit, elsewhere, {}), ['identify', 'complete']);
  assert.equal((await ownAccount(kit, elsewhere).send('GET', '/account')).status, 200);
  const adding = kit.visitor(here.fetch);
  await adding.begin({ kind: 'setup', factor: 'sms' });
  await goOn(kit, adding, {});
  assert.equal((await ownAccount(kit, here).read()).isOn, true);
  assert.equal((await ownAccount(kit, elsewhere).send('GET', '/account')).status, 401);
});
