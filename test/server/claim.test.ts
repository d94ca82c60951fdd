import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmApp, shownKey } from '../support/totp-app.ts';
import { assertHas } from '../support/assert-has.ts';
import { proofOf } from '../support/proof-of.ts';
import { createTestKit, drive } from '@countersign/server/testing';

test('D1: a flow is claimed once, within ten minutes', async () => {
  const kit = await createTestKit();
  const { token } = await kit.begin();
  assert.equal((await kit.visitor().claim(token)).status, 201);
  assert.equal((await kit.visitor().claim(token)).problem.code, 'flow.not_found');

  const late = await kit.begin();
  kit.clock.advance(10 * 60_000);
  assert.equal((await kit.visitor().claim(late.token)).problem.code, 'flow.expired');
});

test('D1: the token of a flow not yet claimed opens nothing but the claim', async () => {
  const kit = await createTestKit();
  const { token } = await kit.begin();
  const response = await kit.browser()(`${kit.base}/flows/current`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 404);
});

test('D1: a token is of no use in another browser, and says nothing there [CVE-2026-45337]', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const headers = { authorization: `Bearer ${visitor.token}` };
  const stranger = await kit.browser()(`${kit.base}/flows/current`, { headers });
  const unknown = await kit.browser()(`${kit.base}/flows/current`, { headers: { authorization: 'Bearer unknown' } });
  assert.equal(stranger.status, 404);
  assert.deepEqual(await stranger.json(), await unknown.json());
});

test('a reload that makes the host begin anew goes on where the person was, and sends nothing', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-code');
  const { step } = visitor.flow;
  const resumed = await visitor.claim((await kit.begin({ kind: 'setup', nonce: 'second' })).token, visitor.token);
  assert.deepEqual(resumed.flow.step, step);
  assert.equal(kit.inbox.messages.length, 1);

  const done = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  const expectation = { userId: 'ada', audience: kit.origin, kind: 'setup' } as const;
  const proof = proofOf(done.flow);
  await assert.rejects(kit.backend.proofs.verify(proof, { ...expectation, nonce: 'nonce' }), { code: 'proof.invalid' });
  await kit.backend.proofs.verify(proof, { ...expectation, nonce: 'second' });
});

test('the flow that was taken over is over', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-code');
  const old = visitor.token;
  await visitor.claim((await kit.begin({ kind: 'setup' })).token, old);
  const response = await visitor.fetch(`${kit.base}/flows/current`, { headers: { authorization: `Bearer ${old}` } });
  assert.equal(response.status, 410);
});

test('D1, D6: another user, kind, factor or browser never takes a flow over', async () => {
  const kit = await createTestKit();
  const cases = [
    { begun: { userId: 'eve', kind: 'setup' as const }, browser: 'same' },
    { begun: { kind: 'verify' as const }, browser: 'same' },
    { begun: { kind: 'setup' as const, factor: 'sms' }, browser: 'same' },
    { begun: { kind: 'setup' as const }, browser: 'other' },
  ];
  for (const { begun, browser } of cases) {
    const visitor = await drive(kit).to('setup-code');
    const other = browser === 'same' ? kit.visitor(visitor.fetch) : kit.visitor();
    const { flow } = await other.claim((await kit.begin(begun)).token, visitor.token);
    assertHas(flow.step, { name: 'setup-factor', stage: 'phone' });
    assert.equal((await visitor.look()).status, 200, 'the first one stays');
    kit.clock.advance(61_000);
  }
});

test('a claim that resumes shows the same key and the same codes, which serve', async () => {
  const kit = await createTestKit({ settings: { factors: ['totp', 'backup-codes'], policy: { mode: 'mandatory' } } });
  const begin = async (): Promise<string> => (await kit.begin({ kind: 'sign-in' })).token;
  const first = kit.visitor();
  await first.claim(await begin());
  const second = kit.visitor(first.fetch);
  await second.claim(await begin(), first.token);
  assert.deepEqual(shownKey(second), shownKey(first));
  await confirmApp(kit, second);
  const third = kit.visitor(first.fetch);
  await third.claim(await begin(), second.token);
  assert.ok(third.flow.step.name === 'save-backup-codes');
  assert.deepEqual(third.flow.step, { ...second.flow.step, id: third.flow.step.id });
  assert.equal((await third.act({ type: 'acknowledge' })).flow.step.name, 'complete');
});

test('twenty begins by the host, claimed one after the other, send one message in all', async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  const bound = kit.inbox.messages.length;
  for (let times = 0; times < 20; times += 1) await kit.visitor().claim((await kit.begin()).token);
  assert.equal(kit.inbox.messages.length, bound + 1);
});

test('twenty claims at the same moment send one message in all', async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  const bound = kit.inbox.messages.length;
  const begun = await Promise.all(Array.from({ length: 20 }, () => kit.begin()));
  const claimed = await Promise.all(begun.map(({ token }) => kit.visitor().claim(token)));
  assert.deepEqual(new Set(claimed.map(({ status }) => status)), new Set([201]));
  assert.deepEqual(new Set(claimed.map(({ flow }) => flow.step.name)), new Set(['verify-factor']));
  assert.equal(kit.inbox.messages.length, bound + 1);
});

test('once a shared code is used, the other flows are told that it has expired', async () => {
  const kit = await createTestKit();
  const first = await drive(kit).to('verify-factor');
  const second = kit.visitor();
  await second.claim((await kit.begin()).token);
  const code = kit.inbox.code();
  assert.equal((await first.act({ type: 'submit-code', code })).status, 200);
  assert.equal((await second.act({ type: 'submit-code', code })).problem.code, 'verification_code.expired');
});

test('a program that is no browser is given no cookie and needs none', async () => {
  const kit = await createTestKit();
  const { token } = await kit.begin();
  const peer = { address: '127.0.0.1', origin: null, fetchSite: null, cookies: new Map<string, string>() };
  const request = new Request(`${kit.base}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const { response, setCookies } = await kit.backend.handle(request, peer);
  assert.equal(response.status, 201);
  assert.deepEqual(setCookies, []);
});

test('what a host gets wrong when it begins a flow is refused with the path of the fault', async () => {
  const kit = await createTestKit();
  const cases = [
    [{ audience: 'https://elsewhere.example' }, 'audience'],
    [{ factor: 'carrier-pigeon' }, 'factor'],
    [{ userId: '' }, 'userId'],
    [{ nonce: '' }, 'nonce'],
    [{ firstFactor: { amr: ['pwd'] as const, at: kit.clock.now() - 600_001 } }, 'firstFactor.at'],
  ] as const;
  for (const [options, path] of cases) {
    await assert.rejects(kit.begin(options), { code: 'guard.invalid_input', details: { path } });
  }
});
