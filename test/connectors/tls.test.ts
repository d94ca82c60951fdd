import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { http } from '@countersign/connectors/http';
import { twilio } from '@countersign/connectors/twilio';
import { SendError } from '@countersign/core/connector';
import { createCertificates, type Pair } from '../support/certificates.ts';
import { failureOf } from './connector-suite.ts';

const certificates = createCertificates();
const opened: Server[] = [];
after(() => {
  for (const server of opened) server.close();
  certificates.remove();
});

const listening = async (server: Server): Promise<string> => {
  opened.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const address = server.address();
  return `https://localhost:${typeof address === 'object' ? address?.port : 0}`;
};

/** What each of the three takes for a message that was accepted. */
const accepted = JSON.stringify({ sid: 'SM1', status: 'queued', success: true, data: {} });

/** A provider with this certificate, which takes whatever comes. */
const provider = async (pair: Pair) => {
  const requests: (string | undefined)[] = [];
  const url = await listening(
    createServer(pair, (request, response) => {
      requests.push(request.url);
      response.writeHead(201, { connection: 'close' }).end(accepted);
    }),
  );
  return { url, requests };
};

const program = fileURLToPath(new URL('../support/send-process.ts', import.meta.url));

/** What each connector threw, in a process that trusts the authority beside those that the platform does. */
const failuresAt = async (url: string): Promise<string[]> => {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificates.authority };
  const child = fork(program, [url], { execArgv: process.execArgv, env });
  const [failures] = (await once(child, 'message')) as [string[]];
  return failures;
};

test('J10: a provider whose certificate is of an authority, of its name and of today is sent to', async () => {
  const { url, requests } = await provider(certificates.issue({ host: 'localhost', days: 2 }));
  assert.deepEqual(await failuresAt(url), []);
  assert.equal(requests.length, 3);
});

const wrong: [what: string, code: string, pair: Pair][] = [
  ['nobody issued', 'DEPTH_ZERO_SELF_SIGNED_CERT', certificates.selfSigned('localhost')],
  ['is of another name', 'ERR_TLS_CERT_ALTNAME_INVALID', certificates.issue({ host: 'other.example', days: 2 })],
  ['is over', 'CERT_HAS_EXPIRED', certificates.issue({ host: 'localhost', days: -1 })],
];

for (const [what, code, pair] of wrong) {
  test(`J10: a provider whose certificate ${what} is sent nothing`, async () => {
    const { url, requests } = await provider(pair);
    const failures = await failuresAt(url);
    assert.equal(failures.length, 3);
    for (const failure of failures) assert.match(failure, new RegExp(code, 'u'));
    assert.deepEqual(requests, []);
  });
}

test('J10: a connection that gets no further than its beginning ends with the time', { timeout: 5000 }, async () => {
  const server = createSocketServer();
  const url = await listening(server);
  const time = new AbortController();
  const arrival = once(server, 'connection');
  const failure = failureOf(http({ channel: 'sms', url }), { signal: time.signal });
  const [socket] = (await arrival) as [Socket];
  const late = new Error('late');
  time.abort(late);
  assert.equal(await failure, late);
  socket.destroy();
});

test('J10: an answer that begins and does not come to its end ends with the time', { timeout: 5000 }, async () => {
  const server = createPlainServer((_request, response) => void response.writeHead(201).write('{'));
  const baseUrl = (await listening(server)).replace('https', 'http');
  const time = new AbortController();
  const headers = new Promise<void>((resolve) => server.once('request', () => setImmediate(resolve)));
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'secret', from: '+31600000000' };
  const failure = failureOf(twilio({ ...account, baseUrl }), { signal: time.signal });
  await headers;
  time.abort(new Error('late'));
  assert.ok((await failure) instanceof Error && !((await failure) instanceof SendError));
  server.closeAllConnections();
});
