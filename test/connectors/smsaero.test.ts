import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { smsaero, type SmsAeroOptions } from '@countersign/connectors/smsaero';
import { SendError } from '@countersign/core/connector';
import { account, nobody, smsAeroError, smsAeroProvider } from '../support/smsaero-provider.ts';
import { assertOptionsRefused, connectorSuite, failureOf, message } from './connector-suite.ts';

const provider = smsAeroProvider();
const connect = (change: Partial<SmsAeroOptions> = {}) => smsaero({ ...account, baseUrl: provider.url(), ...change });

connectorSuite('smsaero', {
  provider,
  connect,
  fields: { number: '31612345678', text: message().text, sign: account.sign },
  refusals: {
    throttled: [{ ...smsAeroError(429, 'Too many requests.'), headers: { 'retry-after': '3' } }, { status: 429 }],
    destination: [
      smsAeroError(400, 'Validation error.', { number: ['incorrect'] }),
      smsAeroError(200, 'Validation error.', { number: ['incorrect'] }),
    ],
    failed: [
      smsAeroError(400, 'Validation error.', { text: ['incorrect'] }),
      smsAeroError(200, 'Not enough money.'),
      smsAeroError(403, 'Forbidden.', []),
      { status: 200, body: { result: 'no credits' } },
      { status: 200, body: { result: 'reject', reason: 'empty field. reject' } },
      { status: 404, body: '<html>Not found</html>' },
    ],
  },
  unclear: [
    smsAeroError(500, 'Internal Server Error'),
    { status: 502, body: '<html>Bad gateway</html>' },
    { status: 200, body: '{"success":tr' },
    { status: 200, body: { result: 'accepted' } },
    { status: 500, body: { success: true } },
    { status: 204 },
  ],
  secrets: [account.apiKey, btoa(`${account.email}:${account.apiKey}`)],
});

describe('smsaero', () => {
  test('tells the operator in the words of the gateway what is wrong with the account', async () => {
    const cases: [Partial<SmsAeroOptions>, RegExp][] = [
      [{ apiKey: 'another' }, /status 401: Your request was made with invalid credentials\.$/u],
      [{ sign: 'Unknown' }, /status 400: Validation error\. sign$/u],
    ];
    for (const [change, sentence] of cases) {
      const failure = await failureOf(connect(change));
      assert.ok(failure instanceof SendError);
      assert.equal(failure.kind, 'failed');
      assert.match(failure.message, sentence);
    }
  });

  test('takes a number that the gateway refuses for a destination out of reach', async () => {
    const failure = await failureOf(connect(), { to: nobody });
    assert.ok(failure instanceof SendError);
    assert.equal(failure.kind, 'destination');
  });

  test('refuses options that would fail later, with one sentence', () => {
    const make = (change: object) => smsaero(Object.assign({ ...account }, change));
    assertOptionsRefused(make, [
      [{ email: 'ops' }, /^smsaero connector: email must be an e-mail address$/u],
      [{ apiKey: '' }, /^smsaero connector: apiKey must not be empty$/u],
      [{ sign: undefined }, /^smsaero connector: sign must be a string$/u],
      [{ sign: '' }, /^smsaero connector: sign must not be empty$/u],
      [{ baseUrl: 'ftp://127.0.0.1' }, /^smsaero connector: baseUrl must use https$/u],
      [{ baseUrl: 'https://ops:key@gate.smsaero.ru' }, /^smsaero connector: baseUrl must not carry credentials$/u],
      [{ baseUrl: 'https://gate.smsaero.ru/?a=b' }, /^smsaero connector: baseUrl must end with its path$/u],
      [{ channel: 'sms' }, /^smsaero connector: channel is not an option$/u],
    ]);
  });
});
