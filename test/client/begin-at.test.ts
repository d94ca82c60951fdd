import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { beginAt } from '@countersign/client';

const url = 'https://host.example/begin';

const answering = (body: BodyInit, init?: ResponseInit) => beginAt(url, async () => new Response(body, init))();

test('a flow is begun by a POST to the host, whose answer has the token', async () => {
  const asked: string[] = [];
  const begin = beginAt(url, async (input) => {
    const request = new Request(input);
    asked.push(`${request.method} ${request.url}`);
    return Response.json({ token: 'abc' });
  });
  assert.equal(await begin(), 'abc');
  assert.deepEqual(asked, [`POST ${url}`]);
});

test('an answer of the host without a token begins nothing, whatever it is', async () => {
  for (const body of ['{}', 'null', '{"token": 7}', '[]', '', '<p>Sign in first</p>']) {
    await assert.rejects(answering(body), body);
    await assert.rejects(answering(body, { status: 401 }), body);
  }
});

test('a host that says nothing for fifteen seconds is not waited for', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const waiting = beginAt(url, () => new Promise(() => {}))();
  let isOver = false;
  const refused = assert.rejects(waiting, { name: 'TimeoutError' }).then(() => (isOver = true));
  for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => void setImmediate(resolve));
  mock.timers.tick(14_999);
  await new Promise((resolve) => void setImmediate(resolve));
  assert.equal(isOver, false);
  mock.timers.tick(1);
  await refused;
});
