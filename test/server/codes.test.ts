import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertHas } from '../support/assert-has.ts';
import { SendError } from '@countersign/core/connector';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';

const wrong = (right: string): string => String((Number(right) + 1) % 1_000_000).padStart(6, '0');

const submit = (visitor: Visitor, code: string) => visitor.act({ type: 'submit-code', code });

test('B1: a wrong code says how many tries are left; the sixth is not looked at, right or wrong [CVE-2026-33640, CVE-2026-8760]', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const code = kit.inbox.code();
  for (const attemptsLeft of [4, 3, 2, 1, 0]) {
    const { status, problem } = await submit(visitor, wrong(code));
    assert.deepEqual(
      [status, problem.code, problem.attemptsLeft],
      [400, 'verification_code.code_mismatch', attemptsLeft],
    );
    assertHas(problem.flow?.step, { attemptsLeft });
  }
  const { status, problem } = await submit(visitor, code);
  assert.deepEqual([status, problem.code], [400, 'verification_code.exceed_max_try']);
});

test('A2: a code is good until the last millisecond of its five minutes, by the server’s clock [CVE-2024-8122, CVE-2026-52809, CVE-2026-8760]', async () => {
  for (const [late, expected] of [
    [0, 400],
    [-1, 200],
  ] as const) {
    const kit = await createTestKit();
    const visitor = await drive(kit).to('verify-factor');
    kit.clock.advance(300_000 + late);
    const { status, body } = await submit(visitor, kit.inbox.code());
    assert.equal(status, expected);
    if (status === 400) assertHas(body, { code: 'verification_code.expired' });
  }
});

test('C1: a message may be asked for after 60, 120, 240 and again 240 seconds', async () => {
  const kit = await createTestKit({ settings: { sends: { perNumberTenMinutes: 5 } } });
  const visitor = await drive(kit).to('setup-code');
  for (const wait of [60, 120, 240, 240]) {
    kit.clock.advance(wait * 1000 - 1);
    const early = await visitor.act({ type: 'resend' });
    assert.deepEqual(
      [early.status, early.problem.code, early.problem.reason],
      [429, 'connector.rate_limit_exceeded', 'wait'],
    );
    assert.deepEqual([early.problem.retryAfter, early.headers.get('retry-after')], [1, '1']);
    kit.clock.advance(1);
    const sent = await visitor.act({ type: 'resend' });
    assert.equal(sent.status, 200);
  }
  assert.equal(kit.inbox.messages.length, 5);
});

test('A5: a resend keeps the step, and the older code is told apart and counts', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const { id } = visitor.flow.step;
  const old = kit.inbox.code();
  kit.clock.advance(60_000);
  await visitor.act({ type: 'resend' });
  assert.equal(visitor.flow.step.id, id);
  const { problem } = await submit(visitor, old);
  assert.deepEqual(
    [problem.code, problem.reason, problem.attemptsLeft],
    ['verification_code.code_mismatch', 'superseded', 4],
  );
  assert.equal((await submit(visitor, kit.inbox.code())).status, 200);
});

test('a right code ends the row of waits', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  kit.clock.advance(60_000);
  await visitor.act({ type: 'resend' });
  await submit(visitor, kit.inbox.code());

  const next = kit.visitor();
  await next.claim((await kit.begin()).token);
  kit.clock.advance(60_000);
  assert.equal((await next.act({ type: 'resend' })).status, 200);
});

test('after the last try a new code may be asked for 60 seconds after the last message, whatever the wait was', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  kit.clock.advance(60_000);
  await visitor.act({ type: 'resend' });
  for (let tries = 0; tries < 5; tries += 1) await submit(visitor, wrong(kit.inbox.code()));
  kit.clock.advance(59_999);
  assert.equal((await visitor.act({ type: 'resend' })).status, 429);
  kit.clock.advance(1);
  assert.equal((await visitor.act({ type: 'resend' })).status, 200);
  assert.equal((await submit(visitor, kit.inbox.code())).status, 200);
});

test('a code with less than a minute to live is not reused', async () => {
  const kit = await createTestKit();
  await drive(kit).to('verify-factor');
  const sent = kit.inbox.messages.length;
  kit.clock.advance(240_000);
  await kit.visitor().claim((await kit.begin()).token);
  assert.equal(kit.inbox.messages.length, sent, 'a whole minute is enough');
  kit.clock.advance(1);
  await kit.visitor().claim((await kit.begin()).token);
  assert.equal(kit.inbox.messages.length, sent + 1);
});

test('five messages to a number in ten minutes; then who asks is told when, and who arrives sees the way out', async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  for (let times = 0; times < 4; times += 1) {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin()).token);
    await submit(visitor, kit.inbox.code());
    kit.clock.advance(1000);
  }
  const sent = kit.inbox.messages.length;
  assert.equal(sent, 5);
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  assertHas(visitor.flow.step, {
    name: 'blocked',
    reason: 'sends-exhausted',
    retryAt: '2026-11-24T10:52:00.000Z',
    actions: ['retry'],
  });
  const refused = await visitor.act({ type: 'retry' });
  assert.equal(refused.flow.step.name, 'blocked');
  kit.clock.advance(10 * 60_000 - 4000 - 1);
  await visitor.claim((await kit.begin()).token, visitor.token);
  assert.equal((await visitor.act({ type: 'retry' })).flow.step.name, 'blocked');
  kit.clock.advance(1);
  assert.equal((await visitor.act({ type: 'retry' })).flow.step.name, 'verify-factor');
  assert.equal(kit.inbox.messages.length, sent + 1);
});

test('a number that has had its five is refused at the field, and the flow is as it was', async () => {
  const kit = await createTestKit();
  for (const userId of ['u1', 'u2', 'u3', 'u4', 'u5']) await drive(kit).to('setup-code', { userId });
  const visitor = await drive(kit).to('setup-phone', { userId: 'u6' });
  const { status, problem } = await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.deepEqual([status, problem.reason, problem.retryAfter], [429, 'quota', 600]);
  assertHas(problem.flow?.step, { name: 'setup-factor', stage: 'phone' });
  assert.equal(kit.inbox.messages.length, 5);
});

const failing = async (error: unknown): Promise<{ kit: TestKit; heal: () => void }> => {
  let broken = true;
  const kit: TestKit = await createTestKit({
    report: () => {},
    sendTimeout: 20,
    connectors: [
      {
        id: 'flaky',
        channel: 'sms',
        async send(message) {
          if (broken && error === 'hang') return new Promise(() => {});
          if (broken) throw error;
          kit.inbox.receive({ ...message, channel: 'sms' });
        },
      },
    ],
  });
  return { kit, heal: () => (broken = false) };
};

test('a message that the provider certainly did not take starts no wait', async () => {
  const cases = [
    [new SendError('failed', 'no'), 502, 'connector.general', undefined],
    [new SendError('destination', 'no'), 422, 'user.invalid_phone', undefined],
    [new SendError('throttled', 'no', { retryAfter: 7 }), 429, 'connector.rate_limit_exceeded', 7],
  ] as const;
  for (const [error, status, code, retryAfter] of cases) {
    const { kit, heal } = await failing(error);
    const visitor = await drive(kit).to('setup-phone');
    const reply = await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
    assert.deepEqual([reply.status, reply.problem.code, reply.problem.retryAfter], [status, code, retryAfter]);
    assertHas(reply.problem.flow?.step, { stage: 'code', delivery: 'failed' });
    assert.ok(!JSON.stringify(reply.body).includes('"no"'), 'the provider’s words stay inside');
    heal();
    kit.clock.advance((retryAfter ?? 0) * 1000);
    assert.equal((await visitor.act({ type: 'resend' })).status, 200);
    assert.equal((await submit(visitor, kit.inbox.code())).status, 200);
  }
});

test('a message that is perhaps on its way counts as sent', async () => {
  for (const error of [new Error('connection reset'), 'hang']) {
    const { kit } = await failing(error);
    const visitor = await drive(kit).to('setup-phone');
    const reply = await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
    assert.equal(reply.status, 200);
    assertHas(reply.flow.step, { stage: 'code', delivery: 'unknown' });
    assert.equal((await visitor.act({ type: 'resend' })).status, 429);
  }
});

test('A7: a code serves the purpose and the number that it was sent for, and no other', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('setup-code');
  const code = kit.inbox.code();
  await visitor.act({ type: 'back' });
  await visitor.act({ type: 'submit-phone', phone: '+31687654321' });
  assert.equal((await submit(visitor, code)).status, 400);

  const bound = await createTestKit();
  const verifying = await drive(bound).to('verify-factor');
  const adding = bound.visitor();
  await adding.claim((await bound.begin({ kind: 'setup' })).token);
  const [, forVerify, forStepUp] = bound.inbox.messages;
  assert.equal((await submit(adding, forVerify?.code ?? '')).status, 400);
  assert.equal((await submit(verifying, forStepUp?.code ?? '')).status, 400);
});

test('digits of other scripts, spaces and dashes are forgiven; too few digits cost nothing', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const short = await submit(visitor, '12 34');
  assert.deepEqual([short.problem.code, short.problem.path], ['guard.invalid_input', 'code']);
  const code = kit.inbox.code();
  const persian = Array.from(code, (digit) => String.fromCodePoint(0x6f0 + Number(digit))).join('');
  const reply = await submit(visitor, `${persian.slice(0, 3)}-${persian.slice(3)} `);
  assert.equal(reply.status, 200);
});
