import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertHas } from '../support/assert-has.ts';
import { createTestKit, drive, type Reply, type Visitor } from '@countersign/server/testing';
import { mortalStore } from '../support/mortal-store.ts';
import { kitOn, stores } from '../support/stores.ts';
import { proofOf } from '../support/proof-of.ts';
import { appCode, confirmApp } from '../support/totp-app.ts';

const count = (replies: readonly Reply[], status: number, code?: string): number =>
  replies.filter((reply) => reply.status === status && (code === undefined || reply.problem.code === code)).length;

/** The code, or the user's codes altogether, had as many tries as they may. */
const notJudged = (replies: readonly Reply[]): number =>
  count(replies, 400, 'verification_code.exceed_max_try') +
  count(replies, 429, 'session.verification_blocked_too_many_attempts');

for (const [name, open] of stores) {
  test(`${name}: A6: of 100 right codes at the same moment with different ids exactly one succeeds [CVE-2026-43930, CVE-2026-107276, defect 2, defect 7]`, async () => {
    for (let round = 0; round < 5; round += 1) {
      const kit = await kitOn(open, { seed: round + 1 });
      const visitor = await drive(kit).to('verify-factor');
      const { id: step } = visitor.flow.step;
      const code = kit.inbox.code();
      const sent = Array.from({ length: 100 }, () => visitor.act({ type: 'submit-code', code, step }));
      const replies = await Promise.all(sent);
      assert.equal(count(replies, 200), 1);
      assert.equal(count(replies, 409, 'flow.step_changed') + notJudged(replies), 99);
    }
  });

  test(`${name}: N7: the same action 100 times has one effect and the same answer`, async () => {
    const kit = await kitOn(open);
    const visitor = await drive(kit).to('verify-factor');
    const { id: step } = visitor.flow.step;
    const action = { type: 'submit-code', code: kit.inbox.code(), step, id: visitor.newId() };
    const replies = await Promise.all(Array.from({ length: 100 }, () => visitor.act(action)));
    assert.deepEqual(new Set(replies.map(({ body }) => JSON.stringify(body))).size, 1);
    assert.equal(count(replies, 200), 100);
  });

  test(`${name}: N7: a wrong code sent again with its id gets the same answer and costs one try`, async () => {
    const kit = await kitOn(open);
    const visitor = await drive(kit).to('verify-factor');
    const wrong = kit.inbox.code() === '000000' ? '000001' : '000000';
    const action = { type: 'submit-code', code: wrong, id: visitor.newId() };
    const replies = await Promise.all(Array.from({ length: 100 }, () => visitor.act(action)));
    assert.deepEqual(new Set(replies.map(({ problem }) => problem.attemptsLeft)), new Set([4]));
    const other = await visitor.act({ ...action, code: '111111' });
    assert.deepEqual([other.status, other.problem.code], [422, 'flow.action_id_reused']);
    assertHas((await visitor.look()).flow.step, { attemptsLeft: 4 });
  });

  test(`${name}: B1: of 100 wrong codes at the same moment with different ids exactly five are evaluated [CVE-2024-4629, CVE-2023-47111, defect 2, defect 7]`, async () => {
    const kit = await kitOn(open);
    const visitor = await drive(kit).to('verify-factor');
    const code = kit.inbox.code();
    const wrong = Array.from({ length: 100 }, (_, index) =>
      String((Number(code) + 1 + index) % 1_000_000).padStart(6, '0'),
    );
    const replies = await Promise.all(wrong.map((guess) => visitor.act({ type: 'submit-code', code: guess })));
    assert.equal(count(replies, 400, 'verification_code.code_mismatch'), 5);
    assert.equal(notJudged(replies), 95);
    assert.equal((await visitor.act({ type: 'submit-code', code })).problem.code, 'verification_code.exceed_max_try');
  });

  test(`${name}: B2: of 100 wrong codes of an app at the same moment, in ten flows, exactly ten are judged [CVE-2023-47111]`, async () => {
    const kit = await kitOn(open, { settings: { factors: ['totp'] } });
    const enter = async (kind: 'setup' | 'verify'): Promise<Visitor> => {
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin({ kind })).token);
      return visitor;
    };
    const secret = await confirmApp(kit, await enter('setup'));
    kit.clock.advance(60_000);
    const visitors = await Promise.all(Array.from({ length: 10 }, () => enter('verify')));
    const right = Number(appCode(kit, secret));
    const wrong = (index: number): string => String((right + 1000 + index) % 1_000_000).padStart(6, '0');
    const guesses = Array.from({ length: 10 }, (_, index) =>
      visitors.map((visitor, at) => visitor.act({ type: 'submit-code', code: wrong(index * 10 + at) })),
    );
    const replies = await Promise.all(guesses.flat());
    assert.equal(count(replies, 400, 'session.mfa.invalid_totp_code'), 10);
    assert.equal(notJudged(replies), 90);
  });

  test(`${name}: C2: of 100 resends at the same moment one is sent [defect 2]`, async () => {
    const kit = await kitOn(open);
    const visitor = await drive(kit).to('verify-factor');
    kit.clock.advance(60_000);
    const sent = kit.inbox.messages.length;
    const replies = await Promise.all(Array.from({ length: 100 }, () => visitor.act({ type: 'resend' })));
    assert.equal(kit.inbox.messages.length, sent + 1);
    assert.equal(count(replies, 200), 1);
    assert.equal(count(replies, 429), 99);
  });

  test(`${name}: C2: while the store can’t be reached nothing is sent [defect 2]`, async () => {
    const life = { isOver: false };
    const kit = await createTestKit({ store: mortalStore(await open(), life), report: () => undefined });
    const visitor = await drive(kit).to('verify-factor');
    kit.clock.advance(60_000);
    const sent = kit.inbox.messages.length;
    life.isOver = true;
    assert.equal((await visitor.act({ type: 'resend' })).status, 500);
    assert.equal(kit.inbox.messages.length, sent);
    life.isOver = false;
    assert.equal((await visitor.act({ type: 'resend' })).status, 200);
    assert.equal(kit.inbox.messages.length, sent + 1);
  });

  test(`${name}: the same number submitted 20 times at the same moment is sent one code`, async () => {
    const kit = await kitOn(open);
    const visitor = await drive(kit).to('setup-phone');
    const { id: step } = visitor.flow.step;
    const sent = Array.from({ length: 20 }, () => visitor.act({ type: 'submit-phone', phone: '+31612345678', step }));
    const replies = await Promise.all(sent);
    assert.equal(kit.inbox.messages.length, 1);
    assert.equal(count(replies, 200), 1);
    assert.equal(count(replies, 409), 19);
  });

  test(`${name}: D7: of 100 redemptions of a proof at the same moment one succeeds`, async () => {
    const kit = await kitOn(open);
    const visitor = await drive(kit).to('complete');
    const proof = proofOf(visitor.flow);
    const expectation = { userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'verify' } as const;
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => kit.backend.proofs.verify(proof, expectation)),
    );
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });
}
