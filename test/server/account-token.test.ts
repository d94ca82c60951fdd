import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdministratorKey } from '@countersign/server';
import { createTestKit, drive, type TestKit, type TestKitOptions } from '@countersign/server/testing';

const begin = async (options: TestKitOptions = {}) => {
  const { key, keyHash } = await createAdministratorKey();
  const administrators = [{ keyHash, scopes: ['flows', 'users:write'], expiresAt: null }] as const;
  const kit = await createTestKit({ ...options, administrators });
  const call = async (path: string, bearer: string, body?: object) => {
    const response = await kit.browser()(`${kit.base}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { kit, call, key };
};

const firstFactor = ({ clock }: TestKit, ago = 0) => ({
  amr: ['pwd'],
  at: new Date(clock.now() - ago).toISOString(),
});

test('an account token opens the account for ten minutes, and nothing else', async () => {
  const { kit, call, key } = await begin();
  await drive(kit).bind();
  const given = await call('/admin/account-tokens', key, { userId: 'ada', firstFactor: firstFactor(kit) });
  assert.equal(given.status, 201);
  const token = String(given.body['token']);
  const { status, body } = await call('/account', token);
  assert.deepEqual([status, (body['account'] as { userId: string }).userId], [200, 'ada']);
  assert.equal((await call('/session', token)).status, 401);
  assert.equal((await call('/admin/flows', token, {})).status, 401);
  const setup = await call('/flows', token, { kind: 'setup', factor: 'sms' });
  assert.equal((setup.body['flow'] as { step: { name: string } }).step.name, 'verify-factor');
  kit.clock.advance(600_000);
  assert.equal((await call('/account', token)).status, 401);
});

test('who holds nothing adds a first factor with it, since the host has just proved who it is', async () => {
  const { kit, call, key } = await begin();
  const given = await call('/admin/account-tokens', key, { userId: 'bea', firstFactor: firstFactor(kit) });
  const setup = await call('/flows', String(given.body['token']), { kind: 'setup' });
  assert.equal((setup.body['flow'] as { step: { name: string } }).step.name, 'setup-factor');
});

test('a sign-in that is older than ten minutes gives no account token, and a wrong key none at all', async () => {
  const { kit, call, key } = await begin();
  const stale = await call('/admin/account-tokens', key, { userId: 'ada', firstFactor: firstFactor(kit, 600_001) });
  assert.deepEqual([stale.status, stale.body['path']], [400, 'firstFactor.at']);
  assert.equal((await call('/admin/account-tokens', 'nonsense', {})).status, 401);
});

test('an administrator gives a recovery pass over HTTP', async () => {
  const { kit, call, key } = await begin();
  await drive(kit).bind();
  const why = { actor: 'Grace', reason: 'phone lost' };
  const { status, body } = await call('/admin/users/ada/recovery-passes', key, why);
  assert.deepEqual([status, /^[\dA-Z]{4}(-[\dA-Z]{4}){3}$/u.test(String(body['pass']))], [201, true]);
  assert.equal((await call('/admin/users/nobody/recovery-passes', key, why)).status, 404);
  assert.equal((await call('/admin/users/ada/recovery-passes', key, { actor: 'Grace' })).body['path'], 'reason');
});
