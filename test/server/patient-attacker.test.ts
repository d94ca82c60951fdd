import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ada, password, signUp } from '../support/primary.ts';
import { appCode, confirmApp } from '../support/totp-app.ts';

/*
 * Somebody who has the password and all the time there is: they wait out every wait, and ask for another code whenever
 * one is used up. Only guesses that were judged count.
 */

const minute = 60_000;
const day = 24 * 60 * minute;
const year = 365 * day;
const most = 100;

/** Ten in `npm run test:long`. */
const years = Number(process.env['YEARS'] ?? 1);

interface Target {
  kit: TestKit;
  own: Visitor;
  /** The code that is right now. */
  code(): string;
}

const open = async (factor: 'sms' | 'totp'): Promise<Target> => {
  const kit = await createTestKit({
    settings: { signUp: { identifiers: ['email'] }, factors: [factor], policy: { mode: 'mandatory' } },
  });
  const own = kit.visitor();
  if (factor === 'sms') {
    await signUp(kit, own, {});
    return { kit, own, code: () => kit.inbox.code() };
  }
  await signUp(kit, own, { until: 'setup-factor' });
  const secret = await confirmApp(kit, own);
  return { kit, own, code: () => appCode(kit, secret) };
};

const toFactor = async (visitor: Visitor): Promise<Visitor> => {
  await visitor.begin('sign-in');
  await visitor.act({ type: 'identify', identifier: ada, password });
  return visitor;
};

const wrong = ({ code }: Target): string => String((Number(code()) + 500_000) % 1_000_000).padStart(6, '0');

const isWrong = (code: string): boolean =>
  code === 'verification_code.code_mismatch' || code === 'session.mfa.invalid_totp_code';

/** Guesses in a new browser until something else than "wrong" comes; gives how many were judged. */
const guessOn = async (target: Target, atMost = most * 2): Promise<number> => {
  const visitor = await toFactor(target.kit.visitor());
  for (let judged = 0; judged < atMost; judged += 1) {
    const { problem } = await visitor.act({ type: 'submit-code', code: wrong(target) });
    if (!isWrong(problem.code)) return judged;
    if (problem.attemptsLeft !== 0) continue;
    target.kit.clock.advance(4 * minute);
    await visitor.act({ type: 'resend' });
  }
  return atMost;
};

/** The owner signs in where they always do; false once their factor is locked. */
const signIn = async (target: Target): Promise<boolean> => {
  const owner = await toFactor(target.kit.visitor(target.own.fetch));
  if (owner.flow.step.name === 'blocked') return false;
  const { status } = await owner.act({ type: 'submit-code', code: target.code() });
  assert.equal(status, 200, 'a stranger keeps the owner out of the browser that they use');
  return true;
};

for (const factor of ['sms', 'totp'] as const) {
  test(`B3: ${factor}: alone for years, no more than ${most} guesses are judged`, async (t) => {
    const target = await open(factor);
    const end = target.kit.clock.now() + years * year;
    let judged = 0;
    while (target.kit.clock.now() < end) {
      target.kit.clock.advance(day);
      const now = await guessOn(target);
      judged += now;
      if (judged >= most && now === 0) target.kit.clock.advance(30 * day);
    }
    t.diagnostic(`${factor}: ${judged} guesses judged in ${years} years`);
    assert.equal(judged, most);
  });

  test(`B3: ${factor}: beside an owner who signs in daily, no more than ${most} are judged in any year`, async (t) => {
    for (const pace of [1, 4]) {
      const target = await open(factor);
      const times: number[] = [];
      for (let days = 0; days < 365 * years; days += 1) {
        target.kit.clock.advance(day);
        if (!(await signIn(target))) break;
        // As many as there are at once; or so few that nobody is locked out, which goes on for all the years.
        const guesses = days % pace === 0 ? await guessOn(target, pace === 1 ? most * 2 : 1) : 0;
        times.push(...Array.from({ length: guesses }, () => target.kit.clock.now()));
      }
      const mostInAYear = Math.max(
        ...times.map((from, at) => times.slice(at).filter((one) => one < from + year).length),
      );
      t.diagnostic(`${factor}: ${times.length} guesses judged, at most ${mostInAYear} in a year`);
      assert.ok(mostInAYear <= most, `${mostInAYear} in a year`);
    }
  });
}

/** Repeatable whole numbers below a million (mulberry32); the seed prints the same figures each time. */
const drawer = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 1_000_000);
  };
};

/** The share of a million accounts that give in when every guess that is ever judged is made, at `codes` codes in all. */
const givingIn = ({ codes, right }: { codes: number; right: number }): number => {
  const draw = drawer(7);
  let fallen = 0;
  for (let account = 0; account < 1_000_000; account += 1) {
    let isIn = false;
    for (let code = 0; code < codes; code += 1) isIn = draw() < right || isIn;
    if (isIn) fallen += 1;
  }
  return fallen / 1_000_000;
};

test('B3: of a million accounts no more give in to a hundred guesses than the figures say', (t) => {
  // Five different guesses at each code that was sent; an app has three codes at any time, and each guess meets others.
  const sms = givingIn({ codes: most / 5, right: 5 });
  const totp = givingIn({ codes: most, right: 3 });
  t.diagnostic(`SMS ${sms}, TOTP ${totp}`);
  assert.ok(sms <= 1.3e-4, String(sms));
  assert.ok(totp <= 3.6e-4, String(totp));
});
