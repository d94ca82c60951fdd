import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive } from '@countersign/server/testing';

const json = { 'content-type': 'application/json' };

const hostile: readonly unknown[] = [
  null,
  true,
  0,
  1e6,
  -1,
  '',
  ' ',
  'null',
  '\u0000',
  'x'.repeat(10_000),
  [],
  ['123456'],
  {},
  { $gt: '' },
  { toString: 1 },
];

test('every field of every request refuses what it is not, with its path, and the flow is as it was', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-phone');
  const good = { type: 'submit-phone', id: visitor.newId(), step: visitor.flow.step.id, phone: '+31612345678' };
  const before = visitor.flow.step;
  for (const field of ['type', 'id', 'step', 'phone'] as const) {
    for (const value of hostile) {
      const { status, problem } = await visitor.act({ ...good, [field]: value as string });
      assert.ok(status >= 400 && status < 500, `${field} = ${JSON.stringify(value)} gave ${status}`);
      assert.ok(problem.code);
    }
  }
  assert.deepEqual((await visitor.look()).flow.step, before);
  assert.deepEqual(kit.inbox.messages, []);
});

test('what is missing, extra or of the wrong type is named by its path', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-phone');
  const cases = [
    [{ type: 'submit-phone' }, 'phone'],
    [{ type: 'submit-phone', phone: 7 }, 'phone'],
    [{ type: 'submit-phone', phone: '+31612345678', admin: true }, 'admin'],
    [{ type: 'submit-phone', phone: '+31612345678', channel: 'pigeon' }, 'channel'],
    [{ type: 'submit-phone', phone: '+31612345678', channel: 'voice' }, 'channel'],
    [{ type: 'submit-phone', phone: '+31612345678', id: 'not-a-uuid' }, 'id'],
  ] as const;
  for (const [action, path] of cases) {
    const { status, problem } = await visitor.act(action);
    assert.deepEqual([status, problem.code, problem.path], [400, 'guard.invalid_input', path]);
  }
});

test('an action that the step does not accept, and one for another step, are told apart', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-phone');
  const refused = await visitor.act({ type: 'submit-code', code: '123456' });
  assert.deepEqual([refused.status, refused.problem.code], [400, 'flow.action_not_accepted']);
  const other = await visitor.act({ type: 'submit-phone', phone: '+31612345678', step: 'stp_other' });
  assert.deepEqual([other.status, other.problem.code], [409, 'flow.step_changed']);
  assert.equal(other.problem.flow?.step.id, visitor.flow.step.id);
});

test('J4: a body that is no JSON, too large, or of another type is refused before it is looked at', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-phone');
  const headers = { ...json, authorization: `Bearer ${visitor.token}` };
  const url = `${kit.base}/flows/current/actions`;
  const cases = [
    [{ headers, body: '{' }, 400, 'request.malformed'],
    [{ headers, body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'request.malformed'],
    [{ headers, body: '' }, 400, 'request.malformed'],
    [{ headers, body: JSON.stringify('x'.repeat(16 * 1024)) }, 413, 'request.too_large'],
    [{ headers: { ...headers, 'content-type': 'text/plain' }, body: '{}' }, 415, 'request.not_json'],
    [{ headers, body: '{"type":"submit-phone","__proto__":{"admin":true}}' }, 400, 'guard.invalid_input'],
  ] as const;
  for (const [init, status, code] of cases) {
    const response = await visitor.fetch(url, { method: 'POST', ...init });
    assert.equal(response.status, status, code);
    assertProblem(await response.json(), code);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'admin'), false);
});

const assertProblem = (body: unknown, code: string): void => {
  assert.ok(typeof body === 'object' && body !== null && 'code' in body);
  assert.equal(body.code, code);
};

test('the same holds for the claim and for redeeming a proof', async () => {
  const kit = await createTestKit();
  const fetcher = kit.browser();
  for (const path of ['/flows', '/proofs/redeem']) {
    for (const body of hostile) {
      const response = await fetcher(`${kit.base}${path}`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(body),
      });
      assert.ok(
        response.status >= 400 && response.status < 500,
        `${path}: ${JSON.stringify(body)} gave ${response.status}`,
      );
    }
    for (const field of ['token', 'resume', 'proof', 'audience', 'nonce']) {
      for (const value of hostile) {
        const body = JSON.stringify({ token: 'x', [field]: value });
        const response = await fetcher(`${kit.base}${path}`, { method: 'POST', headers: json, body });
        assert.ok(response.status >= 400 && response.status < 500);
      }
    }
  }
});

test('a phone that cannot receive a code is refused before anything is sent', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-phone');
  const numbers = [
    '+31',
    '0612345678',
    '+1 900 234 5678',
    '+44 800 123 4567',
    '+31 10 123 4567',
    'tel:hello',
    '+999123456789',
  ];
  for (const phone of numbers) {
    const { status, problem } = await visitor.act({ type: 'submit-phone', phone });
    assert.deepEqual([status, problem.code, problem.path], [422, 'user.invalid_phone', 'phone'], phone);
  }
  assert.deepEqual(kit.inbox.messages, []);
});

test('C5: only the countries listed are written to, by the region of the number and not its prefix', async () => {
  const kit = await createTestKit({ settings: { countries: ['US', 'NL'] } });
  const visitor = await drive(kit).to('setup-phone');
  for (const phone of ['+12684641234', '+18762101234', '+14165550123', '+4915112345678']) {
    assert.equal((await visitor.act({ type: 'submit-phone', phone })).problem.code, 'user.invalid_phone', phone);
  }
  assert.equal((await visitor.act({ type: 'submit-phone', phone: '+1 201 555 0123' })).status, 200);
});

test('an unknown route or method is a problem too', async () => {
  const kit = await createTestKit();
  for (const [method, path] of [
    ['GET', '/nothing'],
    ['DELETE', '/flows'],
    ['PUT', '/flows/current'],
    ['GET', '/flows'],
  ] as const) {
    const response = await kit.browser()(`${kit.base}${path}`, { method });
    assert.equal(response.status, 404);
    assertProblem(await response.json(), 'request.not_found');
  }
});
