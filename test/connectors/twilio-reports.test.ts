import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { twilio } from '@countersign/connectors/twilio';
import type { DeliveryReport, ReportRequest } from '@countersign/core/connector';
import { account, apiKey, twilioProvider, twilioSignature } from '../support/twilio-provider.ts';
import { message } from './connector-suite.ts';

const provider = twilioProvider();
const url = 'https://app.example/api/v1/connectors/twilio/reports';
const { authToken, accountSid } = account;
const reports = { url, authToken };

const connect = () =>
  twilio({
    accountSid,
    apiKey,
    from: '+15005550006',
    baseUrl: provider.url(),
    reports: { ...reports, url: `${url}/` },
  });

const read = (request: ReportRequest) => {
  const { readReports } = twilio({ accountSid, apiKey, from: '+15005550006', reports });
  assert.ok(readReports);
  return readReports(request);
};

const fields = (MessageStatus: string) => ({
  AccountSid: accountSid,
  MessageSid: `SM${'3d'.repeat(16)}`,
  MessageStatus,
  SmsStatus: MessageStatus,
  To: '+31612345678',
  From: '+15005550006',
  ApiVersion: '2010-04-01',
});

/** What Twilio posts to the address that a message came with. */
const posted = (callback: string, given: Readonly<Record<string, string>>, token = authToken): ReportRequest => ({
  headers: new Headers({
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': twilioSignature(token, callback, given),
  }),
  query: new URL(callback).searchParams,
  body: new URLSearchParams(given).toString(),
});

const callback = `${url}?message=chl_1-1`;

describe('reports of twilio', () => {
  test('the signature that these tests make is that of the documentation', () => {
    const given = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
      Digits: '1234',
      From: '+12349013030',
      To: '+18005551212',
    };
    const address = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    assert.equal(twilioSignature('12345', address, given), '0/KCTR6DLpKmkAf8muzZqo1nDgQ=');
  });

  test('are asked for with each message, at an address that names it', async () => {
    await connect().send(message());
    assert.equal(provider.received[0]?.fields.StatusCallback, callback);
  });

  test('are not asked for, and not read, unless the operator says where', async () => {
    const connector = twilio({ ...account, from: '+15005550006', baseUrl: provider.url() });
    await connector.send(message());
    assert.equal(provider.received[0]?.fields.StatusCallback, undefined);
    assert.equal(connector.readReports, undefined);
  });

  test('J9: a signed last word is a report on the message of the address; a step on the way is none', async () => {
    const table: [status: string, reports: DeliveryReport[]][] = [
      ['delivered', [{ idempotencyKey: 'chl_1-1', delivery: 'delivered' }]],
      ['undelivered', [{ idempotencyKey: 'chl_1-1', delivery: 'failed' }]],
      ['failed', [{ idempotencyKey: 'chl_1-1', delivery: 'failed' }]],
    ];
    for (const status of ['accepted', 'queued', 'sending', 'sent', 'DELIVERED', 'constructor', '']) {
      table.push([status, []]);
    }
    for (const [status, expected] of table) assert.deepEqual(await read(posted(callback, fields(status))), expected);
  });

  test('J9: what Twilio did not sign, for this address and these fields, is no report', async () => {
    const real = posted(callback, fields('failed'));
    const signature = real.headers.get('x-twilio-signature') ?? '';
    const forged: [string, ReportRequest][] = [
      ['no signature', { ...real, headers: new Headers() }],
      ['an empty one', { ...real, headers: new Headers({ 'x-twilio-signature': '' }) }],
      ['one that is no base64', { ...real, headers: new Headers({ 'x-twilio-signature': '****' }) }],
      ['a part of it', { ...real, headers: new Headers({ 'x-twilio-signature': signature.slice(0, -2) }) }],
      ['another token', posted(callback, fields('failed'), 'another')],
      ['another account’s token, empty', posted(callback, fields('failed'), ' ')],
      ['another message', { ...real, query: new URLSearchParams({ message: 'chl_2-1' }) }],
      ['no message', { ...real, query: new URLSearchParams() }],
      ['another status', { ...real, body: real.body.replaceAll('failed', 'delivered') }],
      ['a field more', { ...real, body: `${real.body}&MessageStatus=delivered` }],
      ['another site', posted('https://evil.example/reports?message=chl_1-1', fields('failed'))],
      ['no fields', { ...real, body: '' }],
    ];
    for (const [what, request] of forged) assert.equal(await read(request), null, what);
  });
});
