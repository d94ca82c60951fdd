import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { listen } from '@countersign/server/node';

const native = [Request, Response];
const here = { port: 0, host: '127.0.0.1' };

test('gives a handler the request and the address of its client', async () => {
  const { url, close } = await listen(async (request, { address }) => Response.json([request.url, address]), here);
  assert.deepEqual(await (await fetch(`${url}/a?b`)).json(), [`${url}/a?b`, '127.0.0.1']);
  await close();
});

test('a request without a usable host is refused, and a handler that fails is an error of the server', async (t) => {
  const complaint = t.mock.method(console, 'error', () => {});
  const { url, close } = await listen(() => Promise.reject(new Error('no luck')), here);
  assert.equal((await fetch(url)).status, 500);
  assert.equal(complaint.mock.callCount(), 1);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\nHost: a b\r\n\r\n');
  assert.match(await text(socket), /^HTTP\/1\.1 400 /u);
  await close();
});

test('leaves the platform its own Request and Response', async () => {
  const { close } = await listen(async () => new Response(), here);
  assert.deepEqual([Request, Response], native);
  await close();
});

test('an answer that has no end is cut off by closing', async () => {
  const endless = async () =>
    new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) }));
  const { url, close } = await listen(endless, { ...here, grace: 50 });
  const { body } = await fetch(url);
  const reading = assert.rejects(async () => {
    for await (const chunk of body ?? []) assert.equal(chunk.length, 1);
  });
  await Promise.all([reading, close()]);
});

test(
  'J4: a request that does not arrive in time, or has too long a head, is refused',
  { timeout: 10_000 },
  async () => {
    const { url, close } = await listen(async (request) => new Response(await request.text()), {
      ...here,
      arrival: 100,
    });
    const send = async (bytes: string): Promise<string> => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(bytes);
      return (await text(socket)).split('\r\n', 1)[0] ?? '';
    };
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\n';
    assert.match(await send(head), / 408 /u);
    assert.match(await send(`${head}Content-Length: 9\r\n\r\n{"kind"`), / 408 /u);
    assert.match(await send(`${head}X: ${'x'.repeat(20_000)}\r\n\r\n`), / 431 /u);
    assert.match(await send(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`), / 400 /u);
    await close();
  },
);
