import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceCookie, sessionCookie } from '../../packages/server/src/http/peer.ts';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { openBrowser } from '../support/open-browser.ts';
import { operationsOf } from '../support/operations.ts';
import { ada, mandatory, password, signIn, signUp } from '../support/primary.ts';

const settings = { ...mandatory, trustedDevices: { days: 30 } };

/** Ada's phone is bound; somebody has her password and stands before the code, in a browser whose cookies can be seen. */
const halfway = async (): Promise<{ kit: TestKit; visitor: Visitor; jar: Map<string, string> }> => {
  const kit = await createTestKit({ settings });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(61_000);
  const { fetcher, jar } = openBrowser(kit);
  const visitor = kit.visitor(fetcher);
  await signIn(kit, visitor, { until: 'verify-factor' });
  return { kit, visitor, jar };
};

const spoofed = [
  ['x-forwarded-for', '10.0.0.1'],
  ['x-real-ip', '127.0.0.1'],
  ['forwarded', 'for=127.0.0.1'],
  ['true-client-ip', '10.0.0.1'],
  ['cf-connecting-ip', '10.0.0.1'],
  ['x-original-url', '/api/v1/session'],
  ['x-rewrite-url', '/api/v1/session'],
  ['x-mfa', 'done'],
  ['x-skip-otp', 'true'],
  ['x-remote-user', 'ada@example.com'],
  ['user-agent', 'kube-probe/1.0'],
  ['x-http-method-override', 'GET'],
] as const;

test('B8, D3: no header that a client sends makes it be let in without the code [CVE-2026-96445, CVE-2023-4612]', async () => {
  const kit = await createTestKit({ settings });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(61_000);
  for (const [name, value] of spoofed) {
    const browser = kit.browser();
    const visitor = kit.visitor((input, init) => {
      const request = new Request(input, init);
      request.headers.set(name, value);
      return browser(request);
    });
    await visitor.begin('sign-in');
    const { flow } = await visitor.act({ type: 'identify', identifier: ada, password });
    assert.equal(flow.step.name, 'verify-factor', name);
  }
});

test('D4: no route of the API, called in the middle of a flow, gives a session or ends the flow [CVE-2026-8293]', async () => {
  const { kit, visitor, jar } = await halfway();
  const { id } = visitor.flow.step;
  const operations = (await operationsOf(kit)).filter(({ path }) => !path.startsWith('/flows'));
  assert.ok(operations.length > 20);
  for (const { method, path } of operations) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${visitor.token}` };
    const init = { method, headers, ...(['POST', 'PUT', 'PATCH'].includes(method) && { body: '{}' }) };
    await visitor.fetch(`${kit.base}${path.replaceAll(/\{\w+\}/gu, 'ada')}`, init);
    assert.ok(!jar.has(sessionCookie), `${method} ${path} gave a session`);
  }
  const { flow } = await visitor.look();
  assert.equal(flow.step.id, id);
  assert.equal((await visitor.fetch(`${kit.base}/session`)).status, 401);
});

test('D4: a step that was captured and is played after the code gives nothing again [CVE-2023-4612]', async () => {
  const { kit, visitor } = await halfway();
  const captured = { type: 'submit-code', code: kit.inbox.code(), id: visitor.newId(), step: visitor.flow.step.id };
  assert.equal((await visitor.act(captured)).flow.step.name, 'complete');
  const thief = openBrowser(kit);
  const played = await thief.fetcher(`${kit.base}/flows/current/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${visitor.token}` },
    body: JSON.stringify(captured),
  });
  assert.deepEqual([played.status, thief.jar.has(sessionCookie)], [404, false]);
  const again = await visitor.act({ ...captured, id: visitor.newId() });
  assert.ok(again.status >= 400, 'another action with the same code');
});

test('D1: nothing that names something else is the token of a flow [GHSA-5vfx-8w6m-h3v4]', async () => {
  const { kit, visitor, jar } = await halfway();
  const { flow } = visitor;
  const others = [
    flow.id,
    flow.step.id,
    ...jar.values(),
    'ada',
    '0',
    '1',
    '-1',
    '1e3',
    'null',
    visitor.token.slice(0, -1),
  ];
  for (const token of others) {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await visitor.fetch(`${kit.base}/flows/current`, { headers });
    assert.ok([401, 404].includes(status), `${token}: ${status}`);
  }
  assert.equal((await visitor.look()).status, 200);
});

test('D2, D8: a browser is trusted by the code alone, however early it asks [CVE-2026-109313, CVE-2026-76207, GHSA-9phw-7h96-q3rv]', async () => {
  const { kit, visitor, jar } = await halfway();
  assert.ok(!jar.has(deviceCookie));
  const early = kit.visitor(visitor.fetch);
  await early.begin('sign-in');
  const asked = await early.act({ type: 'identify', identifier: ada, password, trust: true });
  assert.deepEqual([asked.status, asked.problem.code], [400, 'guard.invalid_input']);
  const wrong = kit.inbox.code() === '000000' ? '000001' : '000000';
  await visitor.act({ type: 'submit-code', code: wrong, trust: true });
  assert.ok(!jar.has(deviceCookie), 'a wrong code trusts nothing');
  await early.act({ type: 'identify', identifier: ada, password });
  assert.equal(early.flow.step.name, 'verify-factor');
});

test('D8: a mark of trust that somebody made up is none [GHSA-h6mp-mc7g-mg49]', async () => {
  const { kit } = await halfway();
  const jwt = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"ada","trusted":true}')}.`.replaceAll('=', '');
  for (const mark of ['ada', '1', 'dev_AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43), jwt]) {
    const { fetcher } = openBrowser(kit, new Map([[deviceCookie, mark]]));
    const visitor = kit.visitor(fetcher);
    assert.deepEqual(await signIn(kit, visitor, { until: 'verify-factor' }), ['identify', 'verify-factor'], mark);
  }
});

test('D6, C9: nobody has a code sent, or verifies, for somebody else without their first factor [CVE-2026-115829]', async () => {
  const { kit } = await halfway();
  const sent = kit.inbox.messages.length;
  const visitor = kit.visitor();
  for (const request of [{ kind: 'verify' }, { kind: 'setup' }, { kind: 'verify', userId: 'ada' }]) {
    const reply = await visitor.begin(request as { kind: 'setup' });
    assert.ok([400, 401].includes(reply.status), JSON.stringify([request, reply.status]));
  }
  await visitor.begin('sign-in');
  assert.equal((await visitor.act({ type: 'identify', identifier: ada })).flow.step.name, 'enter-password');
  assert.equal(kit.inbox.messages.length, sent);
});
