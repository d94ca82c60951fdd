import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { mandatory, signIn, signUp } from '../support/primary.ts';

const minute = 60_000;
const mismatch = 'verification_code.code_mismatch';
const waits = 'session.verification_blocked_too_many_attempts';

/** Ada with a phone, who was let in where she signed up. */
const begin = async (): Promise<{ kit: TestKit; own: Visitor }> => {
  const kit = await createTestKit({ settings: mandatory });
  const own = kit.visitor();
  await signUp(kit, own, {});
  kit.clock.advance(5 * minute);
  return { kit, own };
};

const wrong = ({ inbox }: TestKit): string => (inbox.code() === '000000' ? '000001' : '000000');

/** Guesses until it is told to wait, with another message whenever a code is used up; gives how many were judged. */
const guess = async (kit: TestKit, visitor: Visitor): Promise<number> => {
  for (let judged = 0; judged < 30;) {
    const { problem } = await visitor.act({ type: 'submit-code', code: wrong(kit) });
    if (problem.code === waits) return judged;
    assert.equal(problem.code, mismatch);
    judged += 1;
    if (problem.attemptsLeft !== 0) continue;
    kit.clock.advance(4 * minute);
    await visitor.act({ type: 'resend' });
  }
  throw new Error('nothing stops the guesses');
};

const atCode = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await signIn(kit, visitor, { until: 'verify-factor' });
  return visitor;
};

test('B9: what guesses at signing in have cost is to be waited for at a step-up and at a host as well [CVE-2026-9798]', async () => {
  const { kit, own } = await begin();
  const { userId, factors } = await ownAccount(kit, own).read();
  const host = kit.visitor();
  await host.claim((await kit.begin({ userId, kind: 'verify' })).token);
  assert.equal(await guess(kit, await atCode(kit)), 10);
  const { problem } = await host.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(problem.code, waits);
  const stranger = kit.visitor();
  await stranger.claim((await kit.begin({ userId, kind: 'setup' })).token);
  const reply = await stranger.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.deepEqual([reply.problem.code, factors.length], [waits, 2]);
});

test('B1, B9: the code of a step-up has as many tries as any, in the same row [CVE-2026-27801, CVE-2026-123521]', async () => {
  const { kit, own } = await begin();
  const account = ownAccount(kit, own);
  const { userId } = await account.read();
  const visitor = kit.visitor(own.fetch);
  await visitor.begin({ kind: 'verify', for: { action: 'export', target: userId } });
  for (const attemptsLeft of [4, 3, 2, 1, 0]) {
    const { problem } = await visitor.act({ type: 'submit-code', code: wrong(kit) });
    assert.deepEqual([problem.code, problem.attemptsLeft], [mismatch, attemptsLeft]);
  }
  const { problem } = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(problem.code, 'verification_code.exceed_max_try');
  kit.clock.advance(4 * minute);
  await visitor.act({ type: 'resend' });
  assert.equal(await guess(kit, visitor), 5, 'the five before are in the row');
});
