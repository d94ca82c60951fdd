import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '@countersign/server';
import { assertHas } from '../support/assert-has.ts';
import { awaitCode, lastKey, post, stepOf, tokenOf } from '../support/reporting-gateway.ts';

test('J9: who is not the provider gets one answer, whichever connectors there are, and changes nothing', async () => {
  const scene = await awaitCode(
    async () => memoryStore(),
    [{ id: 'silent', channel: 'whatsapp', send: async () => {} }],
  );
  const { kit, visitor } = scene;
  const before = await stepOf(visitor);
  const reports = [{ idempotencyKey: lastKey(scene), delivery: 'failed' as const }];
  const right = tokenOf('sms');
  const answers = await Promise.all(
    [
      { token: '' },
      { token: 'wrong' },
      { token: right.slice(0, -1) },
      { token: `${right}x` },
      { token: right.toUpperCase() },
      { token: tokenOf('voice') },
      { token: right, connector: 'gateway-voice' },
      { token: right, connector: 'silent' },
      { token: right, connector: 'nobody' },
      { token: right, connector: 'constructor' },
      { token: 'wrong', body: 'no JSON' },
    ].map(async (given) => {
      const response = await post(kit, reports, given);
      return [response.status, await response.text()];
    }),
  );
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.deepEqual(answers[0]?.[0], 401);
  assertHas(JSON.parse(String(answers[0]?.[1])), { code: 'auth.unauthorized' });
  assert.deepEqual(await stepOf(visitor), before);
  assert.deepEqual(
    scene.events.filter(({ actor }) => actor === 'provider'),
    [],
  );
});

test('J9: a body that is too large, or is no report, is refused as what it is', async () => {
  const { kit } = await awaitCode();
  const codeOf = async (body: string, connector = 'gateway-sms') => {
    const response = await post(kit, [], { body, connector });
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  const large = JSON.stringify({ reports: [], more: 'x'.repeat(16 * 1024) });
  assert.deepEqual(await codeOf(large), [413, 'request.too_large']);
  assert.deepEqual(await codeOf(large, 'nobody'), [413, 'request.too_large'], 'whichever connectors there are');
  assert.deepEqual(await codeOf('{"reports"'), [400, 'request.malformed']);
  for (const body of ['null', '[]', '{}', '{"reports":1}', '{"reports":[{"idempotencyKey":"a","delivery":"late"}]}']) {
    assert.deepEqual(await codeOf(body), [400, 'guard.invalid_input'], body);
  }
});
