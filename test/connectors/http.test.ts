import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { after, before, test } from 'node:test';
import { http } from '@countersign/connectors/http';
import { SendError } from '@countersign/core/connector';

interface Received {
  method: string | undefined;
  headers: IncomingMessage['headers'];
  body: unknown;
}

let answer: { status: number; headers?: Record<string, string> } = { status: 202 };
let received: Received[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  received.push({
    method: request.method,
    headers: request.headers,
    body: JSON.parse(Buffer.concat(chunks).toString()),
  });
  response.writeHead(answer.status, answer.headers).end('ignored');
});
let url = '';

before(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/messages` : '';
});
after(() => server.close());

const message = () => ({
  to: '+31612345678',
  text: 'Your code is 123456.',
  usage: 'MfaVerification' as const,
  idempotencyKey: 'chl_1-1',
  signal: AbortSignal.timeout(5000),
});

test('posts the message as JSON with its key and the bearer token', async () => {
  received = [];
  answer = { status: 202 };
  await http({ channel: 'sms', url, token: 'secret' }).send(message());
  assert.equal(received.length, 1);
  assert.equal(received[0]?.method, 'POST');
  assert.deepEqual(received[0]?.body, { to: '+31612345678', text: 'Your code is 123456.', usage: 'MfaVerification' });
  assert.equal(received[0]?.headers['content-type'], 'application/json');
  assert.equal(received[0]?.headers['idempotency-key'], 'chl_1-1');
  assert.equal(received[0]?.headers.authorization, 'Bearer secret');
});

test('tells a certain refusal from one that may have sent', async () => {
  const cases = [
    [{ status: 429, headers: { 'retry-after': '30' } }, 'throttled', 30],
    [{ status: 429 }, 'throttled', 0],
    [{ status: 422 }, 'destination', 0],
    [{ status: 401 }, 'failed', 0],
    [{ status: 400 }, 'failed', 0],
  ] as const;
  for (const [given, kind, retryAfter] of cases) {
    answer = given;
    const error: unknown = await http({ channel: 'sms', url })
      .send(message())
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof SendError);
    assert.deepEqual([error.kind, error.retryAfter], [kind, retryAfter]);
  }
  answer = { status: 503 };
  await assert.rejects(http({ channel: 'sms', url }).send(message()), (error) => !(error instanceof SendError));
});

test('J10: does not follow a redirect', async () => {
  received = [];
  answer = { status: 307, headers: { location: `${url}/elsewhere` } };
  await assert.rejects(http({ channel: 'sms', url }).send(message()));
  assert.equal(received.length, 1);
});

test('gives up when its time is up', async () => {
  const signal = AbortSignal.abort(new Error('late'));
  await assert.rejects(http({ channel: 'sms', url }).send({ ...message(), signal }), /late/u);
});

test('refuses options that would fail later, with one sentence', () => {
  const cases: [object, RegExp][] = [
    [{ url: 'http://sms.example/send' }, /^http connector: url must use https$/u],
    [{ url: 'nonsense' }, /^http connector: url must be a URL$/u],
    [{ token: '' }, /^http connector: token must not be empty$/u],
    [{ channel: 'pigeon' }, /^http connector: channel /u],
    [{ headers: {} }, /^http connector: headers /u],
  ];
  for (const [change, sentence] of cases) {
    const options = Object.assign({ channel: 'sms' as const, url: 'https://sms.example/send' }, change);
    assert.throws(() => http(options), { name: 'ConfigurationError', message: sentence });
  }
});
