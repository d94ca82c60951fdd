import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { twilio, type TwilioOptions } from '@countersign/connectors/twilio';
import { SendError } from '@countersign/core/connector';
import { account, apiKey, magicNumbers, serviceSid, twilioError, twilioProvider } from '../support/twilio-provider.ts';
import { assertOptionsRefused, connectorSuite, failureOf, message } from './connector-suite.ts';

const from = '+15005550006';
const provider = twilioProvider();
const connect = (change: Partial<TwilioOptions> = {}) =>
  twilio({ ...account, from, baseUrl: provider.url(), ...change });

connectorSuite('twilio', {
  provider,
  connect,
  fields: { To: message().to, Body: message().text, From: from },
  refusals: {
    throttled: [
      twilioError(429, 20429, { 'retry-after': '7' }),
      twilioError(429, 20429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      twilioError(429, 63038),
      twilioError(400, 21611),
      { status: 429, body: 'Slow down' },
    ],
    destination: [21214, 21217, 21265, 21266, 21268, 21635].map((code) => twilioError(400, code)),
    failed: [
      twilioError(403, 70051),
      twilioError(404, 20404),
      twilioError(400, 21608),
      twilioError(400, 99999),
      { status: 400, body: '<html>Bad request</html>' },
    ],
  },
  unclear: [
    twilioError(500, 20500),
    twilioError(503, 20503, { 'retry-after': '7' }),
    { status: 502, body: '<html>Bad gateway</html>' },
    { status: 201, body: '{"sid":"SM' },
    { status: 201, body: { status: 'queued' } },
    { status: 200, body: { sid: 'SM', status: 'queued' } },
  ],
  secrets: [account.authToken, btoa(`${account.accountSid}:${account.authToken}`)],
});

describe('twilio', () => {
  test('sends through a messaging service instead of from one sender', async () => {
    await connect({ from: undefined, messagingServiceSid: serviceSid }).send(message());
    const expected = { To: message().to, Body: message().text, MessagingServiceSid: serviceSid };
    assert.deepEqual(
      provider.received.map(({ fields }) => fields),
      [expected],
    );
  });

  test('signs in with an API key instead of the auth token', async () => {
    await connect({ authToken: undefined, apiKey }).send(message());
    const failure = await failureOf(connect({ authToken: undefined, apiKey: { ...apiKey, secret: 'another' } }));
    assert.ok(failure instanceof SendError);
    assert.equal(failure.kind, 'failed');
    assert.match(failure.message, /401 and code 20003$/u);
  });

  test('finds the API below a base with a slash at its end', async () => {
    await connect({ baseUrl: `${provider.url()}/` }).send(message());
    assert.equal(provider.received.length, 1);
  });

  test('J10: does not read an answer that goes on for ever', async () => {
    const body = { sid: 'SM', status: 'queued' };
    provider.reaction = { status: 201, body: { ...body, more: 'x'.repeat(60 * 1024) } };
    await connect().send(message());
    provider.reaction = { status: 201, body: { ...body, more: 'x'.repeat(5 * 1024 * 1024) } };
    const failure = await failureOf(connect());
    assert.ok(failure instanceof Error && !(failure instanceof SendError));
  });

  test('J7: each error that Twilio documents is one of ours, with the wait that it asks for', async () => {
    const table: [status: number, code: number, kind: SendError['kind']][] = [
      [400, 21211, 'destination'],
      [400, 21614, 'destination'],
      [400, 21408, 'destination'],
      [400, 21610, 'destination'],
      [429, 20429, 'throttled'],
      [400, 21611, 'throttled'],
      [401, 20003, 'failed'],
      [400, 21608, 'failed'],
    ];
    for (const [status, code, kind] of table) {
      provider.reaction = twilioError(status, code, { 'retry-after': '7' });
      const failure = await failureOf(connect());
      assert.ok(failure instanceof SendError, String(code));
      assert.deepEqual([failure.kind, failure.retryAfter], [kind, kind === 'throttled' ? 7 : 0], String(code));
    }
  });

  test('J7: takes the numbers that Twilio refuses in its tests for destinations out of reach', async () => {
    for (const [to, code] of Object.entries(magicNumbers)) {
      const failure = await failureOf(connect(), { to });
      assert.ok(failure instanceof SendError);
      assert.deepEqual(
        [failure.kind, failure.message],
        ['destination', `Twilio answered with status 400 and code ${code}`],
      );
    }
  });

  test('refuses options that would fail later, with one sentence', () => {
    const make = (change: object) => twilio(Object.assign({ ...account, from }, change));
    assertOptionsRefused(make, [
      [{ accountSid: apiKey.sid }, /^twilio connector: accountSid must be AC and 32 hexadecimal digits$/u],
      [{ accountSid: undefined }, /^twilio connector: accountSid must be a string$/u],
      [{ authToken: '' }, /^twilio connector: authToken must not be empty$/u],
      [{ authToken: 'pasted\n' }, /^twilio connector: authToken must be ASCII without spaces$/u],
      [{ authToken: undefined }, /^twilio connector: options must have either authToken or apiKey$/u],
      [{ apiKey }, /^twilio connector: options must have either authToken or apiKey$/u],
      [{ apiKey: { sid: apiKey.sid } }, /^twilio connector: apiKey\.secret is missing$/u],
      [{ from: undefined }, /^twilio connector: options must have either from or messagingServiceSid$/u],
      [
        { messagingServiceSid: serviceSid },
        /^twilio connector: options must have either from or messagingServiceSid$/u,
      ],
      [{ baseUrl: 'http://api.example' }, /^twilio connector: baseUrl must use https$/u],
      [{ reports: { url: 'https://app.example' } }, /^twilio connector: reports\.authToken is missing$/u],
      [{ reports: { url: 'http://app.example', authToken: 'a' } }, /^twilio connector: reports\.url must use https$/u],
      [
        { reports: { url: 'https://app.example?a=1', authToken: 'a' } },
        /^twilio connector: reports\.url must end with its path$/u,
      ],
      [{ region: 'ie1' }, /^twilio connector: region is not an option$/u],
    ]);
  });
});
