import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { http } from '@countersign/connectors/http';
import * as v from 'valibot';
import { pretendProvider } from '../support/provider.ts';
import { assertOptionsRefused, connectorSuite, message } from './connector-suite.ts';

const provider = pretendProvider({
  path: '/messages',
  contentType: 'application/json',
  fields: v.strictObject({ to: v.string(), text: v.string(), usage: v.string() }),
  answer: (_, { authorization }) => ({ status: authorization === 'Bearer secret' ? 202 : 401, body: 'ignored' }),
});
const connect = () => http({ channel: 'sms', url: `${provider.url()}/messages`, token: 'secret' });

connectorSuite('http', {
  provider,
  connect,
  fields: { to: message().to, text: message().text, usage: 'MfaVerification' },
  refusals: {
    throttled: [{ status: 429, headers: { 'retry-after': '30' } }, { status: 429 }],
    destination: [{ status: 422 }],
    failed: [{ status: 400 }, { status: 401 }],
  },
  unclear: [{ status: 500 }, { status: 503 }],
  secrets: ['Bearer secret'],
});

describe('http', () => {
  test('marks every attempt at the same message with the same key', async () => {
    await connect().send(message());
    assert.equal(provider.received[0]?.headers['idempotency-key'], 'chl_1-1');
  });

  test('reads no reports without a token for them', () => {
    assert.equal(connect().readReports, undefined);
  });

  test('refuses options that would fail later, with one sentence', () => {
    const make = (change: object) =>
      http(Object.assign({ channel: 'sms' as const, url: 'https://sms.example/send' }, change));
    assertOptionsRefused(make, [
      [{ url: 'http://sms.example/send' }, /^http connector: url must use https$/u],
      [{ url: 'nonsense' }, /^http connector: url must be a URL$/u],
      [{ token: '' }, /^http connector: token must not be empty$/u],
      [{ reportToken: '' }, /^http connector: reportToken must not be empty$/u],
      [{ channel: 'pigeon' }, /^http connector: channel /u],
      [{ headers: {} }, /^http connector: headers is not an option$/u],
    ]);
  });
});
