import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdministratorKey } from '@countersign/server';
import type { Reply, TestKit, Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { ada, goOn, password, signUp } from '../support/primary.ts';
import { appCode, confirmApp } from '../support/totp-app.ts';
import { kitOn, stores } from '../support/stores.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const phone = '+31687654321';
const settings = {
  signUp: { identifiers: ['email' as const] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' as const },
};

const member = async (kit: TestKit): Promise<{ own: Visitor; codes: readonly string[] }> => {
  const own = kit.visitor();
  await signUp(kit, own, { until: 'save-backup-codes' });
  const { codes } = own.flow.step as unknown as { codes: readonly string[] };
  await own.act({ type: 'acknowledge' });
  kit.clock.advance(day);
  return { own, codes };
};

/** Signs in with the password, in a browser of one's own or a new one, as far as the code from the phone. */
const toCode = async (kit: TestKit, visitor = kit.visitor()): Promise<Visitor> => {
  await visitor.begin('sign-in');
  await visitor.act({ type: 'identify', identifier: ada, password });
  return visitor;
};

const wrong = ({ inbox }: TestKit): string => (inbox.code(phone) === '000000' ? '000001' : '000000');

/** Types wrong codes, and asks for a new one when one is used up, until something else than "wrong" comes. */
const guessOn = async (kit: TestKit, visitor: Visitor, atMost: number): Promise<{ guesses: number; last: Reply }> => {
  let guesses = 0;
  let last = await visitor.act({ type: 'submit-code', code: wrong(kit) });
  while (last.problem.code === 'verification_code.code_mismatch') {
    guesses += 1;
    if (guesses === atMost) break;
    if (last.problem.attemptsLeft === 0) {
      kit.clock.advance(4 * minute);
      await visitor.act({ type: 'resend' });
    }
    last = await visitor.act({ type: 'submit-code', code: wrong(kit) });
  }
  return { guesses, last };
};

interface Blocked {
  reason?: string;
  retryAt?: string | null;
}

const codeOf = ({ problem }: Reply): string => problem.code;
const blockedCode = 'session.verification_blocked_too_many_attempts';

for (const [name, open] of stores) {
  test(`${name}: B2, B5: ten wrong codes in a row, over two codes, cost a quarter of an hour, and each more twice as long [CVE-2026-35597, GHSA-fgfv-pv97-6cmj, defect 54]`, async () => {
    const kit = await kitOn(open, { settings });
    await member(kit);
    const visitor = await toCode(kit);
    const { guesses, last } = await guessOn(kit, visitor, 11);
    // Four minutes of the wait went by until the third code could be asked for.
    assert.deepEqual([guesses, codeOf(last), last.problem.retryAfter], [10, blockedCode, 660]);
    kit.clock.advance(11 * minute - 1);
    const early = await toCode(kit);
    const right = await early.act({ type: 'submit-code', code: kit.inbox.code(phone) });
    assert.deepEqual([codeOf(right), right.problem.retryAfter], [blockedCode, 1], 'a new flow is no new row');
    kit.clock.advance(1);
    assert.equal((await guessOn(kit, early, 1)).guesses, 1);
    assert.equal((await guessOn(kit, early, 1)).last.problem.retryAfter, 1800);
  });

  test(`${name}: B7: the owner's browser is let in while a stranger waits, and the right code is not used up by a wait`, async () => {
    const kit = await kitOn(open, { settings });
    const { own } = await member(kit);
    const stranger = await toCode(kit);
    await guessOn(kit, stranger, 10);
    kit.clock.advance(4 * minute);
    const owner = await toCode(kit, kit.visitor(own.fetch));
    const code = kit.inbox.code(phone);
    assert.equal(codeOf(await stranger.act({ type: 'submit-code', code })), blockedCode);
    assert.equal((await owner.act({ type: 'submit-code', code })).status, 200);
  });

  test(`${name}: B3, B4: no more than a hundred wrong guesses are ever judged, whatever is waited for [defect 55]`, async () => {
    const kit = await kitOn(open, { settings });
    const { codes } = await member(kit);
    let judged = 0;
    for (let days = 0; days < 400; days += 1) {
      const visitor = await toCode(kit);
      if (!visitor.flow.step.actions.includes('resend')) break;
      judged += (await guessOn(kit, visitor, 200)).guesses;
      kit.clock.advance(day);
    }
    assert.equal(judged, 100);

    const visitor = await toCode(kit);
    assert.deepEqual([visitor.flow.step.name, visitor.flow.step.actions], ['verify-factor', ['submit-code']]);
    await visitor.act({ type: 'submit-code', code: codes[0] });
    assert.equal(visitor.flow.step.name, 'setup-factor', 'with a backup code the phone can be bound again');
    await goOn(kit, visitor, { phone });
    const { factors } = await ownAccount(kit, visitor).read();
    assert.deepEqual(
      factors.map(({ type, locked }) => [type, locked]),
      [
        ['backup-codes', false],
        ['sms', false],
      ],
    );
  });

  test(`${name}: B3: guessing the only factor to its end opens no way to bind another, and an administrator lets it serve`, async () => {
    const { key, keyHash } = await createAdministratorKey();
    const administrators = [{ keyHash, scopes: ['users:write' as const], expiresAt: null }];
    const kit = await kitOn(open, { settings: { ...settings, factors: ['sms', 'totp'] }, administrators });
    const own = kit.visitor();
    await signUp(kit, own, { until: 'choose-factor' });
    await own.act({ type: 'choose', factor: 'sms' });
    await goOn(kit, own, {});
    const { userId } = await ownAccount(kit, own).read();
    for (let days = 0; days < 100; days += 1) {
      kit.clock.advance(day);
      const visitor = await toCode(kit);
      if (visitor.flow.step.name === 'blocked') break;
      await guessOn(kit, visitor, 200);
    }
    const visitor = await toCode(kit);
    const { name: at, actions, ...step } = visitor.flow.step;
    assert.deepEqual([at, actions], ['blocked', ['retry']]);
    assert.deepEqual([(step as Blocked).reason, (step as Blocked).retryAt], ['factors-locked', null]);
    await visitor.act({ type: 'retry' });
    assert.equal(visitor.flow.step.name, 'blocked');

    const headers = { authorization: `Bearer ${key}` };
    const path = `${kit.base}/admin/users/${userId}/unlock`;
    assert.equal((await kit.browser()(path, { method: 'POST', headers })).status, 204);
    await visitor.act({ type: 'retry' });
    assert.equal(visitor.flow.step.name, 'verify-factor');
    await goOn(kit, visitor, {});
  });

  test(`${name}: B2: waiting takes nothing back`, async () => {
    const kit = await kitOn(open, { settings });
    await member(kit);
    await guessOn(kit, await toCode(kit), 9);
    kit.clock.advance(30 * day);
    const visitor = await toCode(kit);
    await guessOn(kit, visitor, 1);
    const right = await visitor.act({ type: 'submit-code', code: kit.inbox.code(phone) });
    assert.deepEqual([codeOf(right), right.problem.retryAfter], [blockedCode, 900]);
  });

  test(`${name}: B2: codes that are sent and codes of an app are guessed in one row [CVE-2024-32868]`, async () => {
    const kit = await kitOn(open, { settings: { ...settings, factors: ['sms', 'totp'] } });
    const own = kit.visitor();
    await signUp(kit, own, { until: 'choose-factor' });
    await own.act({ type: 'choose', factor: 'sms' });
    await goOn(kit, own, {});
    kit.clock.advance(day);
    const adding = kit.visitor(own.fetch);
    await adding.begin('sign-in');
    await goOn(kit, adding, {});
    await adding.begin({ kind: 'setup', factor: 'totp' });
    kit.clock.advance(minute + 1000);
    await goOn(kit, adding, { until: 'setup-factor' });
    const secret = await confirmApp(kit, adding);
    kit.clock.advance(day);

    const visitor = await toCode(kit);
    assert.equal((await guessOn(kit, visitor, 5)).guesses, 5);
    await visitor.act({ type: 'switch' });
    const { held } = visitor.flow.step as unknown as { held: { id: string; type: string }[] };
    await visitor.act({ type: 'choose', factorId: held.find(({ type }) => type === 'totp')?.id });
    for (let place = 0; place < 5; place += 1) {
      const { problem } = await visitor.act({ type: 'submit-code', code: `12345${place}` });
      assert.equal(problem.code, 'session.mfa.invalid_totp_code');
    }
    assert.equal(codeOf(await visitor.act({ type: 'submit-code', code: appCode(kit, secret) })), blockedCode);
  });

  test(`${name}: E7: a user is told, once, of ten wrong codes after the right password in a browser that is not theirs`, async () => {
    const kit = await kitOn(open, { settings });
    await member(kit);
    const told = () => kit.inbox.messages.filter(({ text }) => text.includes('wrong codes ten times'));
    await guessOn(kit, await toCode(kit), 10);
    assert.deepEqual(
      told().map(({ to }) => to),
      [ada.value],
    );
    kit.clock.advance(day);
    await guessOn(kit, await toCode(kit), 1);
    assert.equal(told().length, 1);
  });

  test(`${name}: B4: a success takes back what its own browser missed, and what others did only after a year`, async () => {
    const kit = await kitOn(open, { settings });
    const { own } = await member(kit);
    const signInAgain = async (): Promise<void> => {
      const owner = await toCode(kit, kit.visitor(own.fetch));
      await guessOn(kit, owner, 3);
      await goOn(kit, owner, {});
      kit.clock.advance(day);
    };
    const strangers = async (): Promise<number> => {
      const { guesses } = await guessOn(kit, await toCode(kit), 200);
      kit.clock.advance(day);
      return guesses;
    };
    let judged = 0;
    for (let days = 0; judged < 100; days += 1) {
      if (days % 5 === 0 && judged < 90) await signInAgain();
      judged += await strangers();
    }
    assert.equal(judged, 100, 'what the owner mistyped counts for nothing');
    kit.clock.advance(365 * day);
    const owner = await toCode(kit, kit.visitor(own.fetch));
    assert.equal(owner.flow.step.name, 'verify-factor');
  });
}
