import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqliteStore } from '@countersign/server/node';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';

// What comparable systems get wrong about text messages, each shown not to happen here.

const home = '+31612345678';
const work = '+31687654321';

const verify = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'verify' })).token);
  return visitor;
};

/** A user with two numbers, neither of which has verified anything by itself yet. */
const withTwoNumbers = async (): Promise<TestKit> => {
  const kit = await createTestKit();
  await drive(kit).bind({ phone: home });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  await visitor.act({ type: 'submit-phone', phone: work });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(visitor.flow.step.name, 'complete');
  return kit;
};

test('a text message is remembered as the factor used last, number by number', async () => {
  const kit = await withTwoNumbers();
  kit.clock.advance(60_000);
  const first = await verify(kit);
  await first.act({ type: 'switch' });
  const [, other] = await kit.backend.users.factors('ada');
  await first.act({ type: 'choose', factorId: other?.id });
  await first.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(first.flow.step.name, 'complete');
  kit.clock.advance(3600_000);
  await verify(kit);
  assert.equal(kit.inbox.messages.at(-1)?.to, work);
});

test('a number is one of several, and has an id and a row of its own', async () => {
  const kit = await withTwoNumbers();
  const held = await kit.backend.users.factors('ada');
  assert.deepEqual(
    held.map(({ type, target }) => [type, target]),
    [
      ['sms', '•••• 78'],
      ['sms', '•••• 21'],
    ],
  );
});

test('a refused message says when to ask again, in the body and as a header', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const { status, problem, headers } = await visitor.act({ type: 'resend' });
  assert.equal(status, 429);
  assert.deepEqual([problem.code, problem.retryAfter, problem.reason], ['connector.rate_limit_exceeded', 60, 'wait']);
  assert.equal(headers.get('retry-after'), '60');
});

test('whoever reads a flow at its second factor never sees the whole number', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const { body } = await visitor.look();
  assert.ok(!JSON.stringify(body).includes(home.slice(3, -2)));
});

test('a right code that comes while no try is left is not looked at, and not used up', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const code = kit.inbox.code();
  const wrong = code === '000000' ? '000001' : '000000';
  for (let i = 0; i < 5; i += 1) await visitor.act({ type: 'submit-code', code: wrong });
  const { problem } = await visitor.act({ type: 'submit-code', code });
  assert.equal(problem.code, 'verification_code.exceed_max_try');
  assert.equal(visitor.flow.step.name, 'verify-factor');
});

test('neither a code nor a number can be read in the database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-'));
  const store = await sqliteStore({ path: join(folder, 'countersign.db') });
  try {
    const kit = await createTestKit({ store, settings: { codes: { length: 10 } } });
    await drive(kit).to('verify-factor');
    const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'latin1')));
    const stored = files.join('');
    assert.ok(stored.includes('ada'), 'these are the bytes that were written');
    for (const { text } of kit.inbox.messages) {
      assert.ok(!stored.includes(/\d{10}/u.exec(text)?.[0] ?? 'no code'));
    }
    assert.ok(!stored.includes(home.slice(1)));
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});
