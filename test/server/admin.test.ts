import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdministratorKey } from '@countersign/server';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { administeredOn } from '../support/administered.ts';
import { assertHas } from '../support/assert-has.ts';
import { proofOf } from '../support/proof-of.ts';
import { mandatory } from '../support/primary.ts';
import { stores } from '../support/stores.ts';
import type { Scope } from '../../packages/server/src/http/administrator.ts';

const all: Scope[] = ['flows', 'users:read', 'users:write'];
const phone = '+31612345678';

for (const [name, open] of stores) {
  const administered = (scopes: Scope[] = all, settings: object = mandatory) =>
    administeredOn(open, { scopes, settings });

  const flowFor = (kit: TestKit, userId = 'ada') => ({
    kind: 'sign-in',
    userId,
    firstFactor: { amr: ['pwd'], at: new Date(kit.clock.now()).toISOString() },
    audience: kit.origin,
    nonce: 'n',
  });

  const imported = (kit: TestKit) => ({ type: 'sms', phone, verifiedAt: new Date(kit.clock.now()).toISOString() });

  test(`${name}: a host begins a flow over HTTP, and is told where it went wrong`, async () => {
    const { kit, call } = await administered();
    const { status, body } = await call('POST /flows', flowFor(kit));
    assert.equal(status, 201);
    const visitor = kit.visitor();
    await visitor.claim(String(body['token']));
    assert.equal(visitor.flow.step.name, 'setup-factor');
    assert.equal(Date.parse(String(body['expiresAt'])), kit.clock.now() + 600_000);
    const elsewhere = await call('POST /flows', { ...flowFor(kit), audience: 'https://evil.example' });
    assert.deepEqual([elsewhere.status, elsewhere.body['path']], [400, 'audience']);
    const number = await call('POST /flows', { ...flowFor(kit), firstFactor: { amr: ['pwd'], at: 1 } });
    assert.deepEqual([number.status, number.body['path']], [400, 'firstFactor.at']);
  });

  test(`${name}: an imported number is a factor, asked for at the next sign-in, and listed masked`, async () => {
    const { kit, call } = await administered();
    const { status, body } = await call('POST /users/ada/factors', imported(kit));
    assert.equal(status, 201);
    const listed = await call('GET /users/ada/factors');
    const createdAt = new Date(kit.clock.now()).toISOString();
    const factor = { id: body['id'], type: 'sms', target: '•••• 78', createdAt, lastUsedAt: null };
    assert.deepEqual(listed.body, { factors: [factor] });
    const visitor = kit.visitor();
    await visitor.claim(String((await call('POST /flows', flowFor(kit))).body['token']));
    assert.equal(visitor.flow.step.name, 'verify-factor');
    assert.equal((await call('POST /users/ada/factors', imported(kit))).body['code'], 'user.phone_exists_in_profile');
  });

  test(`${name}: an imported number that nobody proved is no factor, and is suggested when one is set up`, async () => {
    const { kit, call } = await administered();
    for (const unproved of [
      { type: 'sms', phone },
      { ...imported(kit), verifiedAt: null },
    ]) {
      assert.deepEqual(await call('POST /users/ada/factors', unproved), { status: 201, body: { id: null } });
    }
    assert.deepEqual((await call('GET /users/ada/factors')).body, { factors: [] });
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
    assertHas(visitor.flow.step, { name: 'setup-factor', stage: 'phone', prefill: phone });
    assert.deepEqual(kit.inbox.messages, [], 'nothing is sent before the person confirms it');
    assert.equal((await call('POST /users/ada/factors', imported(kit))).status, 201, 'proved later, it is a factor');
  });

  test(`${name}: what is no number, or no factor, or of the future, is not imported`, async () => {
    const { kit, call } = await administered();
    const good = imported(kit);
    const later = new Date(kit.clock.now() + 1).toISOString();
    const cases = [
      [{ ...good, verifiedAt: later }, 400, 'verifiedAt'],
      [{ ...good, type: 'backup-codes' }, 400, 'type'],
      [{ ...good, type: 'backup-codes', verifiedAt: null }, 400, 'type'],
      [{ ...good, type: 'email', verifiedAt: null }, 400, 'type'],
      [{ ...good, type: 'pigeon' }, 400, 'type'],
      [{ ...good, phone: '123' }, 422, 'phone'],
      [{ ...good, email: 'ada@example.com' }, 400, ''],
    ] as const;
    for (const [body, status, path] of cases) {
      const refused = await call('POST /users/ada/factors', body);
      assert.deepEqual([refused.status, refused.body['path']], [status, path]);
    }
    assert.equal((await call('GET /users/ada/factors')).status, 404, 'not even the user was made');
  });

  test(`${name}: a removed factor is gone, and the flow that was asking for it is over`, async () => {
    const { kit, call } = await administered(all, { ...mandatory, factors: ['sms'] });
    await drive(kit).bind();
    const visitor = kit.visitor();
    const enter = async () => visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
    await enter();
    assert.equal(visitor.flow.step.name, 'verify-factor');
    const { body } = await call('GET /users/ada/factors');
    for (const { id } of body['factors'] as { id: string }[]) {
      assert.equal((await call(`DELETE /users/ada/factors/${id}`)).status, 204);
    }
    const reply = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
    assert.deepEqual([reply.status, reply.problem.code], [410, 'flow.expired']);
    assert.deepEqual((await call('GET /users/ada/factors')).body, { factors: [] });
    await enter();
    assert.equal(visitor.flow.step.name, 'setup-factor');
  });

  test(`${name}: E4: foreign and unknown ids get one and the same answer`, async () => {
    const { kit, call } = await administered(all, { ...mandatory, factors: ['sms'] });
    await drive(kit).bind();
    const { body } = await call('GET /users/ada/factors');
    const [{ id = '' } = {}] = body['factors'] as { id: string }[];
    await kit.begin({ kind: 'verify', userId: 'eve' });
    const answers = [
      await call(`DELETE /users/eve/factors/${id}`),
      await call('DELETE /users/ada/factors/fac_unknown'),
      await call(`DELETE /users/nobody/factors/${id}`),
      await call('GET /users/nobody/factors'),
      await call('POST /users/nobody/unlock'),
      await call('DELETE /users/nobody/skips'),
      await call('GET /no/such/route'),
    ];
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(answers[0]?.status, 404);
  });

  test(`${name}: unlocking ends the wait after failures at backup codes`, async () => {
    const { kit, call } = await administered();
    const visitor = kit.visitor();
    const sight = async () => {
      await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
    };
    await sight();
    await visitor.act({ type: 'submit-phone', phone });
    await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
    await visitor.act({ type: 'acknowledge' });
    await sight();
    await visitor.act({ type: 'switch' });
    const { body } = await call('GET /users/ada/factors');
    const codes = (body['factors'] as { id: string; type: string }[]).find(({ type }) => type === 'backup-codes');
    await visitor.act({ type: 'choose', factorId: codes?.id });
    const wrong = async () => (await visitor.act({ type: 'submit-code', code: '0000000000000000' })).problem.code;
    for (let i = 0; i < 10; i += 1) assert.equal(await wrong(), 'session.mfa.invalid_backup_code');
    assert.equal(await wrong(), 'session.verification_blocked_too_many_attempts');
    assert.equal((await call('POST /users/ada/unlock')).status, 204);
    assert.equal(await wrong(), 'session.mfa.invalid_backup_code');
  });

  test(`${name}: who declined for good is asked again after a reset`, async () => {
    const policy = { mode: 'optional', prompt: 'sign-in' };
    const { kit, call } = await administered(all, { ...mandatory, policy });
    const enter = async () => {
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
      return visitor;
    };
    const first = await enter();
    await first.act({ type: 'skip' });
    assert.ok(proofOf((await enter()).flow));
    assert.equal((await call('DELETE /users/ada/skips')).status, 204);
    assert.equal((await enter()).flow.step.name, 'turn-on');
  });

  test(`${name}: each route opens for its own scope alone`, async () => {
    const routes = [
      ['POST /flows', 'flows'],
      ['GET /users/ada/factors', 'users:read'],
      ['POST /users/ada/factors', 'users:write'],
      ['DELETE /users/ada/factors/x', 'users:write'],
      ['POST /users/ada/unlock', 'users:write'],
      ['DELETE /users/ada/skips', 'users:write'],
    ] as const;
    const others: Scope[] = ['settings', 'events'];
    for (const [route, scope] of routes) {
      const without = await administered([...all.filter((one) => one !== scope), ...others]);
      assert.equal((await without.call(route, route.startsWith('P') ? {} : undefined)).status, 401, route);
      const { call } = await administered([scope]);
      assert.notEqual((await call(route, route.startsWith('P') ? {} : undefined)).status, 401, route);
    }
  });
}

test('two keys serve at once while one takes the place of the other, each until its day, and none in a query string', async () => {
  const old = await createAdministratorKey();
  const next = await createAdministratorKey();
  const start = Date.UTC(2026, 10, 24);
  const kit = await createTestKit({
    start,
    administrators: [
      { keyHash: old.keyHash, scopes: ['settings'], expiresAt: start + 1000 },
      { keyHash: next.keyHash, scopes: ['settings'], expiresAt: null },
    ],
  });
  const url = `${kit.base}/admin/settings`;
  const ask = async ({ key }: { key: string }) =>
    (await kit.browser()(url, { headers: { authorization: `Bearer ${key}` } })).status;
  assert.deepEqual([await ask(old), await ask(next)], [200, 200]);
  kit.clock.advance(999);
  assert.equal(await ask(old), 200);
  kit.clock.advance(1);
  assert.deepEqual([await ask(old), await ask(next)], [401, 200]);
  for (const name of ['key', 'access_token', 'authorization']) {
    assert.equal((await kit.browser()(`${url}?${name}=${next.key}`)).status, 401, name);
  }
});
