import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimState } from '@countersign/server';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';
import { holdPhoneAndApp } from '../../support/phone-and-app.ts';
import { reporting } from '../../support/strangers.ts';
import { appCode } from '../../support/totp-app.ts';

const hour = 3600_000;
const settings = { factors: ['sms', 'totp'] };

/** What the carrier says, by what it knows. */
type Answer = (now: number) => Promise<SimState>;

/** Somebody with a phone and an app, at the first factor that a verification asks for; the phone was used last. */
const verifying = async (answer: Answer, more: { maxAgeHours?: number } = {}) => {
  const { reports, report } = reporting();
  const asked: string[] = [];
  let kit: TestKit | null = null;
  let isAsked = false;
  const check = async (to: string): Promise<SimState> => {
    if (!isAsked) return { swappedAt: null };
    asked.push(to);
    return answer(kit?.clock.now() ?? 0);
  };
  kit = await createTestKit({ settings, simSwap: { check, timeout: 20, ...more }, report });
  const secret = await holdPhoneAndApp(kit);
  kit.clock.advance(hour);
  isAsked = true;
  const sent = kit.inbox.messages.length;
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  return { kit, visitor, secret, asked, reports, sent: kit.inbox.messages.length - sent };
};

const factorOf = ({ flow: { step } }: Visitor) => (step.name === 'verify-factor' ? step.factor : step.name);

const never: Answer = () => new Promise(() => {});
const rows: readonly (readonly [string, Answer, 'sms' | 'totp', number])[] = [
  ['never swapped', async () => ({ swappedAt: null }), 'sms', 0],
  ['swapped 240 hours and a moment ago', async (now) => ({ swappedAt: now - 240 * hour - 1 }), 'sms', 0],
  ['swapped 240 hours ago', async (now) => ({ swappedAt: now - 240 * hour }), 'totp', 0],
  ['swapped just now', async (now) => ({ swappedAt: now }), 'totp', 0],
  ['unknown', async () => 'unknown', 'totp', 0],
  ['an answer that does not come', never, 'totp', 1],
  ['an answer that fails', () => Promise.reject(new Error('503')), 'totp', 1],
  [
    'a hook that throws',
    () => {
      throw new Error('no such method');
    },
    'totp',
    1,
  ],
];

for (const [what, answer, factor, reported] of rows) {
  test(`C12: the SIM of a number is ${what}: ${factor} is asked for`, async () => {
    const { visitor, asked, reports, sent } = await verifying(answer);
    assert.equal(factorOf(visitor), factor);
    assert.equal(sent, factor === 'sms' ? 1 : 0);
    assert.deepEqual(asked, ['+31612345678']);
    assert.equal(reports.length, reported);
  });
}

test('C12: what is asked for instead verifies, and the number is not offered in this flow', async () => {
  const { kit, visitor, secret } = await verifying(async () => 'unknown');
  assert.ok(!visitor.flow.step.actions.includes('switch'), 'there is no other');
  const { flow } = await visitor.act({ type: 'submit-code', code: appCode(kit, secret) });
  assert.equal(flow.step.name, 'complete');
});

test('C12: a number that becomes unsafe while its code is awaited gets no other code', async () => {
  let state: SimState = { swappedAt: null };
  const { kit, visitor, sent } = await verifying(async () => state);
  assert.equal(sent, 1);
  state = 'unknown';
  kit.clock.advance(60_000);
  const messages = kit.inbox.messages.length;
  const reply = await visitor.act({ type: 'resend' });
  assert.deepEqual([reply.status, reply.problem.code], [403, 'session.mfa.factor_locked']);
  assert.equal(factorOf(visitor), 'totp');
  assert.equal(kit.inbox.messages.length, messages);
});

test('C12: who has nothing else is blocked, and is asked again in another flow', async () => {
  let state: SimState = { swappedAt: null };
  const kit = await createTestKit({ simSwap: { check: async () => state } });
  await drive(kit).bind();
  kit.clock.advance(hour);
  state = 'unknown';
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  assert.equal(visitor.flow.step.name, 'blocked');
  state = { swappedAt: null };
  assert.equal((await visitor.act({ type: 'retry' })).flow.step.name, 'blocked');
  const other = kit.visitor();
  await other.claim((await kit.begin()).token);
  assert.equal(factorOf(other), 'sms');
});

test('C12: nobody is asked where the app is what serves', async () => {
  const { kit, visitor, secret, asked } = await verifying(never);
  await visitor.act({ type: 'submit-code', code: appCode(kit, secret) });
  kit.clock.advance(hour);
  const next = kit.visitor();
  await next.claim((await kit.begin()).token);
  assert.equal(factorOf(next), 'totp', 'which was used last');
  assert.equal((await next.act({ type: 'submit-code', code: appCode(kit, secret) })).flow.step.name, 'complete');
  assert.equal(asked.length, 1, 'by the first of the two flows');
});

test('C12: for how long a swap is unsafe is the operator’s to say', async () => {
  const { visitor } = await verifying(async (now) => ({ swappedAt: now - 2 * hour }), { maxAgeHours: 1 });
  assert.equal(factorOf(visitor), 'sms');
});
