import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdministratorKey, memoryStore, toFetchHandler } from '@countersign/server';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { scopes } from '../../packages/server/src/http/administrator.ts';
import { initOf, isPublic, operationsOf, urlOf } from '../support/operations.ts';

const connection = { address: '203.0.113.7' };

test('D9: the cookie that ties a flow to its browser is __Host-, Secure, HttpOnly, Lax and opaque', async () => {
  const kit = await createTestKit();
  const handler = toFetchHandler(kit.backend);
  const { token } = await kit.begin();
  const claim = new Request(`${kit.base}/flows`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'accept-language': 'en-GB,en;q=0.9',
    },
    body: JSON.stringify({ token }),
  });
  const response = await handler(claim, connection);
  const [cookie = ''] = response.headers.getSetCookie();
  assert.match(cookie, /^__Host-countersign=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000$/u);

  const body: unknown = await response.json();
  assert.ok(typeof body === 'object' && body !== null && 'token' in body);
  const look = (headers: Record<string, string>) =>
    handler(
      new Request(`${kit.base}/flows/current`, {
        headers: { authorization: `Bearer ${String(body.token)}`, ...headers },
      }),
      connection,
    );
  const same = { 'sec-fetch-site': 'same-origin' };
  assert.equal((await look({ ...same, cookie: cookie.split(';')[0] ?? '' })).status, 200);
  assert.equal((await look(same)).status, 404, 'the token alone is useless');
});

const foreign: readonly Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost.evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { cookie: '__Host-countersign=x' },
  { cookie: '__Host-countersign-session=x' },
];

const sent = async (kit: TestKit, url: string, init: RequestInit): Promise<Response> =>
  toFetchHandler(kit.backend)(new Request(url, init), connection);

const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code?: unknown }).code;

test('J1: what another site makes a browser send is refused by every route, whatever it bears [GHSA-56fm-hfp3-x3w3, CVE-2019-12363, GHSA-hjhp-hwfj-hwf3]', async () => {
  const { key, keyHash } = await createAdministratorKey();
  const kit = await createTestKit({ administrators: [{ keyHash, scopes, expiresAt: null }] });
  const guarded = (await operationsOf(kit)).filter((operation) => !isPublic(operation));
  assert.equal(guarded.length, 25);
  for (const operation of guarded) {
    const { headers, ...init } = initOf(operation);
    for (const given of foreign) {
      const all = { ...(headers as object), authorization: `Bearer ${key}`, ...given };
      const response = await sent(kit, urlOf(kit, operation), { ...init, headers: all });
      const what = `${operation.method} ${operation.path} ${JSON.stringify(given)}`;
      assert.deepEqual([response.status, await codeOf(response)], [403, 'request.cross_site'], what);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.deepEqual(response.headers.getSetCookie(), []);
    }
  }
});

test('J1: a request that was refused has done nothing', async () => {
  const kit = await createTestKit();
  const { token } = await kit.begin();
  for (const given of foreign) {
    const headers = { 'content-type': 'application/json', ...given };
    await sent(kit, `${kit.base}/flows`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  }
  assert.equal((await kit.visitor().claim(token)).status, 201, 'the flow was never claimed');
});

test('J1: what a form or a plain text can send changes nothing, from the own origin either', async () => {
  const kit = await createTestKit();
  const types = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'text/json', ''];
  const { token } = await kit.begin();
  for (const type of [...types, 'application/json, text/plain', 'application/jsonp', 'application/problem+json']) {
    const headers = { origin: kit.origin, 'content-type': type };
    const response = await sent(kit, `${kit.base}/flows`, { method: 'POST', headers, body: JSON.stringify({ token }) });
    assert.deepEqual([response.status, await codeOf(response)], [415, 'request.not_json'], type);
  }
  const headers = { origin: kit.origin, 'content-type': ' Application/JSON ; charset=utf-8' };
  const claimed = await sent(kit, `${kit.base}/flows`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  assert.equal(claimed.status, 201);
});

const expectedHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'countersign-protocol': '1',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  vary: 'Origin, Sec-Fetch-Site',
  'x-content-type-options': 'nosniff',
};

test('J3: every answer forbids caching, sniffing, framing and referring, refusals too', async () => {
  const broken = { ...memoryStore().sessions, find: () => Promise.reject(new Error('down')) };
  const kit = await createTestKit({ report: () => {}, store: { ...memoryStore(), sessions: broken } });
  const operations = await operationsOf(kit);
  const requests: [string, RequestInit][] = operations.map((one) => [urlOf(kit, one), initOf(one)]);
  requests.push(
    [`${kit.base}/nothing`, {}],
    [`${kit.origin}/outside`, {}],
    [`${kit.base}/flows`, { method: 'PUT' }],
    [`${kit.base}/flows`, { method: 'OPTIONS' }],
    [
      `${kit.base}/flows`,
      { method: 'OPTIONS', headers: { origin: kit.origin, 'access-control-request-method': 'POST' } },
    ],
    [`${kit.base}/flows/current`, { method: 'HEAD' }],
    [`${kit.base}/flows`, { method: 'POST', headers: { origin: 'https://evil.example' } }],
    [
      `${kit.base}/flows`,
      { method: 'POST', body: '"'.repeat(17_000), headers: { 'content-type': 'application/json' } },
    ],
    [`${kit.base}/flows`, { method: 'POST', body: 'x' }],
  );
  const statuses = new Set<number>();
  for (const [url, init] of requests) {
    const response = await sent(kit, url, init);
    statuses.add(response.status);
    const actual = Object.fromEntries(Object.keys(expectedHeaders).map((name) => [name, response.headers.get(name)]));
    assert.deepEqual(actual, expectedHeaders, `${init.method} ${url}`);
    if (response.status === 204) continue;
    const type = response.status < 400 ? /^application\/json\b/u : /^application\/problem\+json$/u;
    assert.match(response.headers.get('content-type') ?? '', type, `${init.method} ${url}`);
  }
  assert.deepEqual([...statuses].toSorted(), [200, 204, 400, 401, 403, 404, 413, 415, 500]);
});

test('a failure inside is reported to the operator and says nothing to the caller', async () => {
  const reported: unknown[] = [];
  const broken = new Error('the database said SELECT secret');
  const store = memoryStore();
  const flows = { ...store.flows, findByToken: () => Promise.reject(broken) };
  const kit = await createTestKit({ report: (error) => reported.push(error), store: { ...store, flows } });
  const { status, body } = await kit.visitor().claim('anything');
  assert.equal(status, 500);
  assert.equal(JSON.stringify(body).includes('SELECT'), false);
  assert.deepEqual(reported, [broken]);
});
