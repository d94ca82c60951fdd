import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toFetchHandler } from '@countersign/server';
import { createTestKit } from '@countersign/server/testing';
import { naughtyStrings } from '../support/hostile.ts';
import { initOf, isPublic, operationsOf, urlOf } from '../support/operations.ts';

/** Ways to write a path that proxies, routers and filters have read differently. */
const tricks: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '//'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '/./'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '/x/../'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '/%2e/'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '/x/%2e%2e/'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '/x/.%2E/'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '%2f'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '%252f'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '\\'),
  (path) => path.replace(/\/(?=[^/]*$)/u, '%5c'),
  (path) => path.replace(/\/(?=[^/]*$)/u, ';a=b/'),
  (path) => `${path};jsessionid=1`,
  (path) => `${path}.json`,
  (path) => `${path}.`,
  (path) => `${path}%20`,
  (path) => `${path}%00`,
  (path) => `${path}%0d%0aSet-Cookie:%20a=b`,
  (path) => `${path}%`,
  (path) => `${path}%zz`,
  (path) => `${path}%c0%af`,
  (path) => `${path}%ff`,
  (path) => `${path}/..`,
  (path) => `${path}/../..`,
  (path) => `${path}?`,
  (path) => `${path}?a=b&a=c`,
  (path) => `${path}?_method=DELETE`,
  (path) => `${path}#x`,
  (path) => `${path}/${'x'.repeat(4000)}`,
  (path) => `${path}/${'a/'.repeat(1000)}`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z](?=[^/]*$)/u, (letter) => letter.toUpperCase()),
  (path) => path.replace(/[a-z](?=[^/]*$)/u, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z](?=[^/]*$)/u, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replaceAll(/[a-z]/gu, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replaceAll(/[a-z]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  (path) => path.replace('/api/v1', ''),
  (path) => path.replace('/api/v1', '/api/v1/api/v1'),
  (path) => path.replace('/api/v1', '/api/v2'),
  (path) => path.replace('/api/v1', '/x/../api/v1'),
  (path) => path.replace('/api/v1', '/*'),
];

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

test('J8: however a path is written and by whatever method, nobody gets past a guard, and nothing fails', async () => {
  const kit = await createTestKit();
  const handle = toFetchHandler(kit.backend);
  const guarded = (await operationsOf(kit)).filter((operation) => !isPublic(operation));
  const paths = [...new Set(guarded.map((operation) => new URL(urlOf(kit, operation)).pathname))];
  const variants = paths.flatMap((path) => [
    ...tricks.map((trick) => trick(path)),
    ...naughtyStrings.slice(0, 480).map((text) => `${path}/${encodeURIComponent(text)}`),
  ]);
  let asked = 0;
  const ask = async (path: string, method: string): Promise<void> => {
    asked += 1;
    const response = await handle(new Request(kit.origin + path, { method }), { address: '203.0.113.7' });
    const what = `${method} ${path.slice(0, 200)} gave ${response.status}`;
    if (isPublicAnswer(path, method)) return;
    // Signing out where nobody is signed in is the one thing that may be asked without anything.
    if (response.status === 204 && method === 'DELETE') return assert.match(decodeURI(path), /session/u, what);
    assert.ok(response.status >= 400 && response.status < 500, what);
    assert.equal(response.headers.get('content-type'), 'application/problem+json', what);
  };
  const isPublicAnswer = (path: string, method: string): boolean =>
    ['GET', 'HEAD'].includes(method) && /openapi|jwks/u.test(path);
  for (const path of variants) await ask(path, 'GET');
  for (const path of paths) {
    for (const trick of tricks) for (const method of methods.slice(1)) await ask(trick(path), method);
  }
  assert.ok(asked > 5000, String(asked));
});

test('J8: a method that a path does not have is answered like a path that there is not', async () => {
  const kit = await createTestKit();
  const operations = await operationsOf(kit);
  const codes = new Set<string>();
  for (const { path } of operations) {
    const has = operations.filter((one) => one.path === path).map(({ method }) => method);
    for (const method of methods.filter((one) => !has.includes(one) && one !== 'HEAD')) {
      const url = urlOf(kit, { method, path, body: null, security: null });
      const response = await kit.browser()(url, initOf({ method, path, body: null, security: null }));
      codes.add(`${response.status} ${((await response.json()) as { code: string }).code}`);
    }
  }
  assert.deepEqual([...codes], ['404 request.not_found']);
});

test('a key in a query string opens nothing, and neither does a token', async () => {
  const kit = await createTestKit();
  const { token } = await kit.begin();
  const visitor = kit.visitor();
  await visitor.claim(token);
  for (const name of ['access_token', 'token', 'key', 'authorization', 'bearer']) {
    const response = await visitor.fetch(`${kit.base}/flows/current?${name}=${visitor.token}`);
    assert.equal(response.status, 404, name);
  }
});
