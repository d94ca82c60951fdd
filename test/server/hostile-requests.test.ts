import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createAdministratorKey, toFetchHandler } from '@countersign/server';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { scopes } from '../../packages/server/src/http/administrator.ts';
import {
  exampleOf,
  hostileKeys,
  membersOf,
  naughtyStrings,
  pathsOf,
  replaced,
  shareOf,
  wrongValues,
} from '../support/hostile.ts';
import { initOf, type Operation, operationsOf, urlOf } from '../support/operations.ts';
import { type Answer, answered, assertNamed, inherited, told } from '../support/refusals.ts';

/*
 * As hostile-input.test.ts, for the requests that no step is needed for.
 */

const before = inherited();
after(() => assert.deepEqual(inherited(), before, 'what all objects inherit from is as it was'));

/** A backend, and a sender of requests that bear an administrator's key. */
const administered = async () => {
  const { key, keyHash } = await createAdministratorKey();
  const kit = await createTestKit({
    administrators: [{ keyHash, scopes, expiresAt: null }],
    settings: { factors: ['sms', 'totp'], signUp: { identifiers: ['email'] } },
  });
  const handle = toFetchHandler(kit.backend);
  const send = async (url: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${key}`);
    const response = await handle(new Request(url, { ...init, headers }), { address: '203.0.113.7' });
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  };
  return { kit, send };
};

/** Everything that the settings may say. */
const wholeSettings = async ({ backend }: TestKit): Promise<object> => ({
  ...(await backend.settings.read()),
  countries: ['NL'],
  policy: { mode: 'optional', prompt: 'sign-in', mandatoryFrom: '2027-01-01T00:00:00Z' },
  trustedDevices: { days: 30 },
});

test('J5: no field of the settings is taken for what it is not', async () => {
  const { kit, send } = await administered();
  const settings = await wholeSettings(kit);
  const put = (body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    return send(`${kit.base}/admin/settings`, { method: 'PUT', headers, body: JSON.stringify(body) });
  };
  assert.equal((await put(settings)).status, 200);
  for (const [number, path] of pathsOf(settings).entries()) {
    for (const value of [...wrongValues, ...shareOf(naughtyStrings, number)]) {
      const what = `settings with ${path.join('.')} = ${told(value)}`;
      const answer = answered(await put(replaced(settings, path, value)), what);
      if (typeof value !== 'string') assertNamed(answer, path.join('.'), what);
    }
  }
});

const bodiesOf = ({ path, body }: Operation): unknown[] =>
  body === null || ['/flows/current/actions', '/admin/settings'].includes(path)
    ? []
    : membersOf(body).map((schema) => exampleOf(schema));

test('J5: no field of any other request is taken for what it is not', async () => {
  const { kit, send } = await administered();
  for (const operation of await operationsOf(kit)) {
    const url = urlOf(kit, operation);
    const fields = bodiesOf(operation).flatMap((body) => [[], ...pathsOf(body)].map((path) => ({ body, path })));
    for (const [number, { body, path }] of fields.entries()) {
      for (const value of [...wrongValues, ...shareOf(naughtyStrings, number)]) {
        const what = `${operation.method} ${operation.path} with ${path.join('.')} = ${told(value)}`;
        answered(await send(url, initOf(operation, replaced(body, path, value))), what);
      }
    }
  }
});

test('J5: a key that reaches for a prototype is refused wherever it stands, and so is one that nobody asked for', async () => {
  const { kit, send } = await administered();
  const withBody = (await operationsOf(kit)).filter(({ body }) => body !== null);
  for (const operation of withBody) {
    for (const key of [...hostileKeys, 'unasked']) {
      const body = `{"kind":"sign-in","${key}":{"admin":true}}`;
      const init = { ...initOf(operation), body };
      const answer = answered(await send(urlOf(kit, operation), init), `${operation.path} ${key}`);
      assert.ok(answer.status >= 400, `${operation.path} took ${key}`);
    }
  }
  const headers = { 'content-type': 'application/json' };
  const nested = '{"kind":"verify","for":{"action":"export","target":"x","__proto__":{"admin":true}}}';
  const answer = answered(await send(`${kit.base}/flows`, { method: 'POST', headers, body: nested }), 'nested');
  assert.deepEqual([answer.code, answer.path], ['guard.invalid_input', 'for.__proto__']);
});

test('J4: what is nested deeper than any schema is refused, however deep it is, and of two equal keys the last is read', async () => {
  const { kit, send } = await administered();
  const post = async (body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) => {
    const headers = { 'content-type': 'application/json', ...more };
    return answered(await send(`${kit.base}/flows`, { method: 'POST', headers, body }), told(body));
  };
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  assert.deepEqual((await post(`{"kind":${deep(7)}}`)).path, 'kind');
  assert.deepEqual((await post(`{"kind":${deep(8)}}`)).path, `kind${'.0'.repeat(7)}`);
  for (const levels of [100, 8000]) assert.equal((await post(deep(levels))).code, 'guard.invalid_input');
  assert.equal((await post('['.repeat(16_000))).code, 'request.malformed');
  assert.equal((await post('{"kind":"sign-in","kind":"nonsense"}')).path, 'kind');
  assert.equal((await post('{"kind":"nonsense","kind":"sign-in"}')).status, 201);
  const packed = { 'content-encoding': 'gzip' };
  assert.equal((await post(new Uint8Array(gzipSync('{"kind":"sign-in"}')), packed)).code, 'request.malformed');
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xfe, 0xff, 0, 0x7b]]) {
    assert.equal((await post(new Uint8Array(bytes))).code, 'request.malformed');
  }
});

test('E4, J5: no id in a path is taken for another, and no header for what it is not', async () => {
  const { kit, send } = await administered();
  const names = ['authorization', 'cookie', 'accept-language', 'user-agent', 'countersign-step-up', 'content-length'];
  const ids = [...naughtyStrings, '0', '1e3', ' 1', 'abc', '-1'];
  const operations = (await operationsOf(kit)).filter(({ path }) => path.includes('{'));
  for (const [number, operation] of operations.entries()) {
    for (const id of shareOf(ids, number)) {
      const what = `${operation.method} ${operation.path} of ${told(id)}`;
      const { status } = answered(await send(urlOf(kit, operation, id), initOf(operation)), what);
      assert.ok(status >= 400, `${what} gave ${status}`);
    }
  }
  const written = ids.map((id) => id.replaceAll(/[^\t -~\u0080-\u00ff]/gu, '').trim());
  for (const name of names) {
    for (const value of new Set(written)) {
      const init = { headers: { [name]: value } };
      for (const path of ['/session', '/account', '/flows/current', '/admin/settings']) {
        answered(await send(kit.base + path, init), `${path} with ${name}: ${told(value)}`);
      }
    }
  }
});
