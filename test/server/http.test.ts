import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore, toFetchHandler } from '@countersign/server';
import { createTestKit } from '@countersign/server/testing';

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

test('J1: what another site makes a browser send is refused and does nothing', async () => {
  const kit = await createTestKit();
  const handler = toFetchHandler(kit.backend);
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${kit.origin}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: kit.origin, 'sec-fetch-site': 'cross-site' },
    { cookie: '__Host-countersign=x' },
  ];
  const { token } = await kit.begin();
  for (const headers of foreign) {
    const request = new Request(`${kit.base}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
      body: JSON.stringify({ token }),
    });
    const response = await handler(request, connection);
    assert.equal(response.status, 403, JSON.stringify(headers));
  }
  assert.equal((await kit.visitor().claim(token)).status, 201, 'the flow was never claimed');
});

test('J3: every answer forbids caching, sniffing, framing and referring, errors too', async () => {
  const kit = await createTestKit();
  for (const path of ['/flows/current', '/nothing', '/.well-known/jwks.json']) {
    const { headers } = await kit.browser()(`${kit.base}${path}`);
    assert.equal(headers.get('cache-control'), 'no-store', path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('countersign-protocol'), '1');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; frame-ancestors 'none'/u);
  }
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
