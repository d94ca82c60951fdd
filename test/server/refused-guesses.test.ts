import type { TestKit, Visitor } from '@countersign/server/testing';
import { createAuthenticator } from '../support/authenticator.ts';
import { add, answer, atSetup, atVerify, withPasskeys } from '../support/passkeys.ts';
import { holdPhoneAndApp } from '../support/phone-and-app.ts';
import { ada, goOn, mandatory, signUp } from '../support/primary.ts';
import { atCode, minute, type Refusal, toldOnce, wrong } from '../support/told-once.ts';

/** Goes to another factor that the person holds. */
const choose = async (visitor: Visitor, factor: string): Promise<void> => {
  const { flow } = await visitor.act({ type: 'switch' });
  const held = flow.step.name === 'choose-factor' ? flow.step.held : [];
  await visitor.act({ type: 'choose', factorId: held.find(({ type }) => type === factor)?.id });
};

const wrongs = async (kit: TestKit, visitor: Visitor, times: number): Promise<void> => {
  for (let round = 0; round < times; round += 1) {
    if (round > 0 && round % 5 === 0) kit.clock.advance(5 * minute);
    if (round > 0 && round % 5 === 0) await visitor.act({ type: 'resend' });
    await visitor.act(wrong);
  }
};

const signingIn = async (kit: TestKit, until: 'identify' | 'verify-factor'): Promise<Visitor> => {
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(minute + 1);
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  if (until !== 'identify') await goOn(kit, visitor, { until });
  return visitor;
};

const guesses: Refusal[] = [
  {
    what: 'a wrong code',
    told: ['guess-wrong | sms | verification_code.code_mismatch'],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      return () => visitor.act(wrong);
    },
  },
  {
    what: 'a code that was replaced',
    told: ['guess-wrong | sms | verification_code.code_mismatch: superseded'],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      const code = kit.inbox.code();
      kit.clock.advance(minute);
      await visitor.act({ type: 'resend' });
      return () => visitor.act({ ...wrong, code });
    },
  },
  {
    what: 'a code that has expired',
    told: ['guess-refused | sms | verification_code.expired'],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      kit.clock.advance(5 * minute);
      return () => visitor.act(wrong);
    },
  },
  {
    what: 'a sixth try',
    told: ['guess-refused | sms | verification_code.exceed_max_try'],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      await wrongs(kit, visitor, 5);
      return () => visitor.act(wrong);
    },
  },
  {
    what: 'a guess that brings a wait',
    told: ['guess-wrong | sms | verification_code.code_mismatch', 'locked | sms | short-codes'],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      await wrongs(kit, visitor, 9);
      return () => visitor.act(wrong);
    },
  },
  {
    what: 'a guess while a wait runs',
    told: ['guess-refused | sms | session.verification_blocked_too_many_attempts'],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      await wrongs(kit, visitor, 10);
      kit.clock.advance(5 * minute);
      await visitor.act({ type: 'resend' });
      return () => visitor.act(wrong);
    },
  },
  {
    what: 'a wrong code of an app',
    told: ['guess-wrong | totp | 2026-11-24 | session.mfa.invalid_totp_code'],
    options: { settings: { factors: ['sms', 'totp'] } },
    arrange: async (kit) => {
      await holdPhoneAndApp(kit);
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin()).token);
      await choose(visitor, 'totp');
      return () => visitor.act(wrong);
    },
  },
  {
    what: 'a wrong backup code',
    told: ['guess-wrong | backup-codes | 10 | session.mfa.invalid_backup_code'],
    options: { settings: mandatory },
    arrange: async (kit) => {
      const visitor = await signingIn(kit, 'verify-factor');
      await choose(visitor, 'backup-codes');
      return () => visitor.act({ type: 'submit-code', code: 'aaaa-bbbb-cccc-dddd' });
    },
  },
  {
    what: 'an assertion of another page',
    told: ['guess-wrong | passkey | 2026-11-24 | session.mfa.webauthn_verification_failed'],
    options: withPasskeys,
    arrange: async (kit) => {
      const device = createAuthenticator({ origin: kit.origin });
      await add(await atSetup(kit), device);
      const visitor = await atVerify(kit);
      return () => answer(visitor, device, { origin: 'https://evil.example' });
    },
  },
  {
    what: 'a wrong password',
    told: ['guess-wrong | a•••@example.com | session.invalid_credentials'],
    options: { settings: mandatory },
    arrange: async (kit) => {
      const visitor = await signingIn(kit, 'identify');
      return () => visitor.act({ type: 'identify', identifier: ada, password: 'not this one' });
    },
  },
  {
    what: 'a wrong pass',
    told: ['guess-wrong | session.invalid_recovery_pass'],
    options: { settings: mandatory },
    arrange: async (kit) => {
      await signUp(kit, kit.visitor(), {});
      const visitor = kit.visitor();
      await visitor.begin('recover');
      await goOn(kit, visitor, { until: 'enter-pass' });
      return () => visitor.act({ type: 'submit-pass', pass: 'A'.repeat(43) });
    },
  },
];

toldOnce(guesses);
