import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAccount } from '@countersign/client/account';
import { toFetchHandler } from '@countersign/server';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { goOn, mandatory, signUp } from '../support/primary.ts';

const page = 'https://app.example';
const api = 'https://auth.example/api/v1';
const origins = [page, 'https://admin.app.example:8443'];

/** What a page of that origin sends, as a browser would have it; `cookie` is one that should not have been sent. */
const fetchFrom =
  ({ backend }: TestKit, origin: string, { site = 'cross-site', cookie = '' } = {}): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('origin', origin);
    request.headers.set('sec-fetch-site', site);
    if (cookie) request.headers.set('cookie', cookie);
    return toFetchHandler(backend)(request, { address: '203.0.113.7' });
  };

const preflight = (method: string, headers: string): RequestInit => ({
  method: 'OPTIONS',
  headers: { 'access-control-request-method': method, 'access-control-request-headers': headers },
});

const asked = ['POST', 'authorization,content-type,countersign-step-up'] as const;

const corsOf = ({ headers }: Response): [string, string][] =>
  [...headers].filter(([name]) => name.startsWith('access-control-'));

test('J2: a listed origin is told what it may send, and credentials are never allowed', async () => {
  const kit = await createTestKit({ origins });
  for (const origin of origins) {
    const response = await fetchFrom(kit, origin)(`${api}/flows`, preflight(...asked));
    assert.equal(response.status, 204);
    assert.deepEqual(Object.fromEntries(corsOf(response)), {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, countersign-step-up',
      'access-control-expose-headers': 'Retry-After',
      'access-control-max-age': '600',
    });
    assert.equal(response.headers.get('vary'), 'Origin, Sec-Fetch-Site');
  }
});

const lookalikes = [
  'null',
  '*',
  '',
  'https://',
  'http://app.example',
  'https://app.example:443',
  'https://app.example:8443',
  'https://app.example:80',
  'https://app.example.',
  'https://app.example/',
  'https://app.example/path',
  'https://app.example?x',
  'https://app.example#x',
  'https://APP.example',
  'HTTPS://app.example',
  'https://app.example.evil.example',
  'https://evil.example/app.example',
  'https://evil.example?https://app.example',
  'https://app.example@evil.example',
  'https://evil.example#https://app.example',
  'https://evilapp.example',
  'https://www.app.example',
  'https://admin.app.example',
  'https://admin.app.example:8444',
  'https://app.example https://evil.example',
  'https://app.example, https://app.example',
  'https://app.example%00',
  'https://app-example',
  'https://xapp.example',
  'file://',
  'chrome-extension://app.example',
  'wss://app.example',
  'app.example',
];

test('J2: an origin that only looks like a listed one is refused, and never repeated', async () => {
  const kit = await createTestKit({ origins });
  for (const origin of lookalikes) {
    const from = fetchFrom(kit, origin);
    const begin = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'sign-in' }),
    };
    for (const init of [preflight(...asked), begin]) {
      const response = await from(`${api}/flows`, init);
      assert.deepEqual([response.status, corsOf(response)], [403, []], origin);
    }
  }
});

test('J2: what asks nothing of a preflight is no preflight, and one is answered for any path alike', async () => {
  const kit = await createTestKit({ origins });
  const from = fetchFrom(kit, page);
  assert.equal((await from(`${api}/flows`, { method: 'OPTIONS' })).status, 404);
  assert.equal((await from(`${api}/nothing`, preflight('DELETE', ''))).status, 204);
});

test('J2: a refusal can be read by the page, with how long to wait', async () => {
  const kit = await createTestKit({ origins });
  const response = await fetchFrom(kit, page)(`${api}/flows/current`);
  assert.equal(response.status, 404);
  assert.equal(response.headers.get('access-control-allow-origin'), page);
  assert.equal(response.headers.get('access-control-expose-headers'), 'Retry-After');
  assert.match(await response.text(), /flow\.not_found/u);
});

for (const site of ['cross-site', 'same-site']) {
  test(`J1: a ${site} page signs up, and reads its account, with tokens and without a cookie`, async () => {
    const kit = await createTestKit({ origins, settings: mandatory });
    const seen: string[] = [];
    const from = fetchFrom(kit, page, { site });
    const watched: typeof fetch = async (input, init) => {
      const response = await from(input, init);
      seen.push(...response.headers.getSetCookie());
      return response;
    };
    const visitor = kit.visitor(watched);
    await signUp(kit, visitor, {});
    const { step } = visitor.flow;
    assert.ok(step.name === 'complete' && step.result.type === 'session');
    assert.deepEqual(seen, []);
    const { token } = step.result;
    assert.ok(token, 'there is no cookie that could hold it');
    const account = await createAccount({ base: api, token, fetch: watched }).read();
    assert.ok(account.ok);
    assert.deepEqual(
      account.value.factors.map(({ type }) => type),
      ['sms', 'backup-codes'],
    );
  });
}

test('J1: a cookie that comes from another origin counts as none', async () => {
  const kit = await createTestKit({ origins, settings: mandatory });
  const begun = await fetchFrom(kit, page, { site: 'same-origin' })(`${api}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'sign-in' }),
  });
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { token } = (await begun.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const look = (site: string) => fetchFrom(kit, page, { site, cookie })(`${api}/flows/current`, { headers });
  assert.equal((await look('same-origin')).status, 200);
  const elsewhere = await look('cross-site');
  assert.deepEqual([elsewhere.status, elsewhere.headers.getSetCookie()], [404, []]);
});

test('J1: the cookie of a session opens nothing from another origin, and is not taken away from there', async () => {
  const kit = await createTestKit({ origins, settings: mandatory });
  const cookies: string[] = [];
  const from = fetchFrom(kit, page, { site: 'same-origin' });
  const visitor = kit.visitor(async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('cookie', cookies.join('; '));
    const response = await from(request);
    cookies.push(...response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? ''));
    return response;
  });
  await visitor.begin('sign-up');
  await goOn(kit, visitor, {});
  const cookie = cookies.join('; ');
  const ask = (site: string, method = 'GET') => fetchFrom(kit, page, { site, cookie })(`${api}/session`, { method });
  assert.equal((await ask('same-origin')).status, 200);
  assert.equal((await ask('cross-site')).status, 401);
  const out = await ask('cross-site', 'DELETE');
  assert.deepEqual(out.headers.getSetCookie(), []);
  assert.equal((await ask('same-origin')).status, 200, 'still signed in');
});
