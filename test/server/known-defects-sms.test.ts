import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqliteStore } from '@countersign/server/node';
import { createTestKit, drive, type TestKit, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { assertHas } from '../support/assert-has.ts';
import { atBackupCode, saveCodes, shownCodes, use } from '../support/backup-codes.ts';
import { ada, adasPhone, mandatory } from '../support/primary.ts';
import { confirmApp } from '../support/totp-app.ts';

// What comparable systems get wrong about text messages and codes; docs/known-defects.md has the list.

const home = adasPhone.value;
const work = '+31687654321';

const wrongFor = (code: string): string => (code === '000000' ? '000001' : '000000');

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

test('KD-01: a text message is remembered as the factor used last, number by number', async () => {
  const kit = await withTwoNumbers();
  kit.clock.advance(60_000);
  const first = await verify(kit);
  await first.act({ type: 'switch' });
  const [, other] = await kit.backend.users.factors('ada');
  await first.act({ type: 'choose', factorId: other?.id });
  await first.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(first.flow.step.name, 'complete');
  kit.clock.advance(3600_000);
  const sent = kit.inbox.messages.length;
  await verify(kit);
  assert.deepEqual(
    kit.inbox.messages.slice(sent).map(({ to }) => to),
    [work],
  );
});

test('KD-08: a number is one of several, and has an id and a row of its own', async () => {
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

test('KD-11: a refused message says when to ask again, in the body and as a header', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const { status, problem, headers } = await visitor.act({ type: 'resend' });
  assert.equal(status, 429);
  assert.deepEqual([problem.code, problem.retryAfter, problem.reason], ['connector.rate_limit_exceeded', 60, 'wait']);
  assert.equal(headers.get('retry-after'), '60');
});

test('KD-12: nobody sees a whole number or address before the second factor is proved', async () => {
  const kit = await createTestKit({ settings: { factors: ['sms', 'email'], policy: { mode: 'mandatory' } } });
  const visitor = kit.visitor();
  const verifiedAt = kit.clock.now();
  const identifiers = [adasPhone, ada].map((one) => ({ ...one, verifiedAt }));
  const { token } = await kit.begin({ kind: 'sign-in', identifiers });
  const replies = [await visitor.claim(token)];
  assert.ok(visitor.flow.step.name === 'choose-factor');
  for (const { id } of visitor.flow.step.held) {
    replies.push(await visitor.act({ type: 'choose', factorId: id }), await visitor.look());
    replies.push(await visitor.act({ type: 'resend' }), await visitor.act({ type: 'switch' }));
  }
  assert.equal(kit.inbox.messages.length, 2, 'a code went to each');
  const read = JSON.stringify(replies.map(({ body }) => body));
  assert.ok(read.includes('•••• 78'), 'these are the answers that tell of it');
  for (const hidden of [adasPhone.value.slice(3, -2), 'da@']) assert.ok(!read.includes(hidden));
});

test('KD-13: a right code that comes while no try is left is not looked at, and not used up', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const code = kit.inbox.code();
  for (let i = 0; i < 5; i += 1) await visitor.act({ type: 'submit-code', code: wrongFor(code) });
  const { problem } = await visitor.act({ type: 'submit-code', code });
  assert.equal(problem.code, 'verification_code.exceed_max_try');
  assert.equal(visitor.flow.step.name, 'verify-factor');
});

test('KD-13: a right backup code that comes while a wait runs is not used up, and serves afterwards', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [code = ''] = await saveCodes(kit);
  const visitor = await atBackupCode(kit);
  for (let i = 0; i < 10; i += 1) await visitor.act({ type: 'submit-code', code: '0000-0000-0000-0000' });
  const early = await visitor.act({ type: 'submit-code', code });
  assert.equal(early.problem.code, 'session.verification_blocked_too_many_attempts');
  kit.clock.advance(Number(early.problem.retryAfter) * 1000);
  const late = await atBackupCode(kit);
  assert.equal((await late.act({ type: 'submit-code', code })).flow.step.name, 'complete');
});

/** All that a store wrote to its files while `use` went on. */
const bytesWritten = async (settings: TestKitOptions['settings'], use: (kit: TestKit) => Promise<unknown>) => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-'));
  const store = await sqliteStore({ path: join(folder, 'countersign.db') });
  try {
    await use(await createTestKit({ store, ...(settings && { settings }) }));
    const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'latin1')));
    return files.join('');
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
};

test('KD-14: neither a code nor a number can be read in the database', async () => {
  let codes: string[] = [];
  const stored = await bytesWritten({ codes: { length: 10 } }, async (kit) => {
    await drive(kit).to('verify-factor');
    codes = kit.inbox.messages.map(({ code }) => code);
  });
  assert.ok(stored.includes('ada'), 'these are the bytes that were written');
  assert.equal(codes.length, 2);
  for (const code of codes) assert.ok(!stored.includes(code));
  assert.ok(!stored.includes(home.slice(1)));
});

test('KD-14: neither a backup code nor the key of an app can be read in the database', async () => {
  const secrets: string[] = [];
  const stored = await bytesWritten({ ...mandatory, factors: ['totp', 'sms', 'backup-codes'] }, async (kit) => {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin({ kind: 'setup', factor: 'totp' })).token);
    secrets.push(await confirmApp(kit, visitor), ...shownCodes(visitor));
    await visitor.act({ type: 'acknowledge' });
    assert.equal(visitor.flow.step.name, 'complete');
  });
  assert.ok(stored.includes('ada'), 'these are the bytes that were written');
  assert.equal(secrets.length, 11);
  for (const secret of secrets.flatMap((text) => [text, text.replaceAll('-', '')])) assert.ok(!stored.includes(secret));
});

test('KD-16: the wait before another message is kept by the server, whoever asks and however', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  const sent = kit.inbox.messages.length;
  assert.equal((await visitor.act({ type: 'resend' })).status, 429);
  await verify(kit);
  assert.equal(kit.inbox.messages.length, sent, 'nor does another flow send');
  kit.clock.advance(60_000);
  assert.equal((await visitor.act({ type: 'resend' })).status, 200);
  assert.equal(kit.inbox.messages.length, sent + 1);
});

test('KD-17: a wrong code says how many tries are left', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  for (const left of [4, 3]) {
    const { problem, flow } = await visitor.act({ type: 'submit-code', code: wrongFor(kit.inbox.code()) });
    assert.equal(problem.attemptsLeft, left);
    assertHas(flow.step, { attemptsLeft: left });
  }
});

test('KD-18: a code is right however its letters, spaces and dashes are typed', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [first = '', second = ''] = await saveCodes(kit);
  for (const typed of [first.toLowerCase().replaceAll('-', ''), ` ${second.replaceAll('-', ' ')}`]) {
    assert.equal((await use(kit, typed)).flow.step.name, 'complete');
  }
});

test('KD-19: a reload goes on at the step where the person was, and sends nothing', async () => {
  const kit = await createTestKit();
  const visitor = await drive(kit).to('verify-factor');
  await visitor.act({ type: 'submit-code', code: wrongFor(kit.inbox.code()) });
  const sent = kit.inbox.messages.length;
  const reloaded = kit.visitor(visitor.fetch);
  await reloaded.claim((await kit.begin({ kind: 'verify' })).token, visitor.token);
  assertHas(reloaded.flow.step, { name: 'verify-factor', attemptsLeft: 4 });
  assert.equal(kit.inbox.messages.length, sent);
});
