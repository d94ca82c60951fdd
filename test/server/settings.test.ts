import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdministratorKey } from '@countersign/server';
import { createTestKit, type TestKitOptions } from '@countersign/server/testing';

const json = { 'content-type': 'application/json' };

const administered = async (options: TestKitOptions = {}, scopes: readonly 'settings'[] = ['settings']) => {
  const { key, keyHash } = await createAdministratorKey();
  const kit = await createTestKit({ ...options, administrators: [{ keyHash, scopes, expiresAt: null }] });
  const call = async (method: string, body?: unknown, token = key) => {
    const headers = { ...json, authorization: `Bearer ${token}` };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await kit.browser()(`${kit.base}/admin/settings`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { kit, call };
};

test('an administrator reads and replaces them, and the next action is judged by the new ones', async () => {
  const { kit, call } = await administered();
  const { body } = await call('GET');
  const settings = body['settings'] as Record<string, unknown>;
  assert.equal(settings['appName'], 'Acme');
  assert.equal((await call('PUT', { ...settings, countries: ['DE'] })).status, 200);
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  assert.equal((await visitor.act({ type: 'submit-phone', phone: '+31612345678' })).problem.code, 'user.invalid_phone');
});

test('what contradicts itself is refused with code and path, and nothing changes', async () => {
  const { call } = await administered();
  const good = { appName: 'Acme', factors: ['sms'] };
  const cases = [
    [{ ...good, factors: ['backup-codes'] }, 'sign_in_experiences.backup_code_cannot_be_enabled_alone', 'factors'],
    [{ ...good, factors: ['sms', 'pigeon'] }, 'guard.invalid_input', 'factors.1'],
    [{ ...good, factors: ['sms', 'sms'] }, 'guard.invalid_input', 'factors.1'],
    [{ ...good, policy: { mode: 'sometimes' } }, 'guard.invalid_input', 'policy.mode'],
    [{ ...good, policy: { mode: 'optional' } }, 'guard.invalid_input', 'policy.prompt'],
    [{ ...good, signUp: { identifiers: ['email', 'email'] } }, 'guard.invalid_input', 'signUp.identifiers.1'],
    [{ ...good, sessions: { lifeHours: 25 } }, 'guard.invalid_input', 'sessions.lifeHours'],
    [{ ...good, sends: { perAddressDayUnproved: 4 } }, 'guard.invalid_input', 'sends.perAddressDayUnproved'],
  ] as const;
  for (const [settings, code, path] of cases) {
    const { status, body } = await call('PUT', settings);
    assert.deepEqual([status, body['code'], body['path']], [400, code, path]);
  }
  assert.deepEqual(((await call('GET')).body['settings'] as typeof good).factors, ['sms']);
});

test('sign-up by e-mail needs a connector for mail', async () => {
  const { kit } = await administered({ settings: { signUp: { identifiers: ['email'] } } });
  assert.ok(kit);
  await assert.rejects(createTestKit({ connectors: [], settings: {} }), /"sms" needs a connector/u);
});

test('nobody else reads or writes them: no key, a wrong one, one without the scope, one that has expired', async () => {
  const { call } = await administered();
  assert.equal((await call('GET', undefined, 'x')).status, 401);
  assert.equal((await call('PUT', { appName: 'X', factors: ['sms'] }, 'x')).status, 401);
  assert.equal((await (await administered({}, [])).call('GET')).status, 401);
  const { key, keyHash } = await createAdministratorKey();
  const old = await createTestKit({ administrators: [{ keyHash, scopes: ['settings'], expiresAt: 0 }] });
  const headers = { authorization: `Bearer ${key}` };
  assert.equal((await old.browser()(`${old.base}/admin/settings`, { headers })).status, 401);
});

test('settings managed in code are read, and refuse to be written', async () => {
  const { call } = await administered({ settingsManagedBy: 'code' });
  assert.equal((await call('GET')).status, 200);
  const { status, body } = await call('PUT', { appName: 'Other', factors: ['sms'] });
  assert.deepEqual([status, body['code']], [409, 'settings.managed_in_code']);
});
