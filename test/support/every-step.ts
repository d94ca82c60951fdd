import assert from 'node:assert/strict';
import { createTestKit, type TestKit, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { createAuthenticator } from './authenticator.ts';
import { add } from './passkeys.ts';
import { goOn } from './primary.ts';
import { confirmApp } from './totp-app.ts';

/** Somebody at a step, and the backend that they are at. */
export interface Scene {
  kit: TestKit;
  visitor: Visitor;
}

type Factor = 'sms' | 'email' | 'totp' | 'passkey';

const primary = ['sms', 'email', 'totp', 'passkey'];
const phone = '+31612345678';
const identifier = { type: 'email', value: 'ada@example.com' } as const;
const minute = 60_000;

const everything = {
  signUp: { identifiers: ['email' as const] },
  resetPassword: { identifiers: ['email' as const] },
  factors: [...primary, 'backup-codes'],
  policy: { mode: 'mandatory' as const },
  acknowledgeWarnings: ['mfa.forgot_password_weakens_email' as const],
};

const origins = ['https://app.example.com'];

const open = async (settings: TestKitOptions['settings'] = {}): Promise<Scene> => {
  const kit = await createTestKit({ origins, settings: { ...everything, ...settings } });
  return { kit, visitor: kit.visitor() };
};

/** A new browser that has claimed a flow of the host's. */
const claimed = async (kit: TestKit, kind: 'sign-in' | 'verify'): Promise<Scene> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind })).token);
  return { kit, visitor };
};

const begun =
  (kind: 'sign-up' | 'sign-in' | 'reset-password' | 'recover', settings: TestKitOptions['settings'] = {}) =>
  async (): Promise<Scene> => {
    const scene = await open(settings);
    await scene.visitor.begin(kind);
    return scene;
  };

const signedUpTo =
  (until: string, settings: TestKitOptions['settings'] = {}) =>
  async (): Promise<Scene> => {
    const scene = await begun('sign-up', settings)();
    await goOn(scene.kit, scene.visitor, { until });
    return scene;
  };

/** Somebody who has signed up, at the step that follows on their name in a flow of this kind. */
const named = (kind: 'sign-in' | 'recover', until: string) => async (): Promise<Scene> => {
  const { kit } = await signedUpTo('complete', { factors: ['sms'] })();
  kit.clock.advance(2 * minute);
  const visitor = kit.visitor();
  await visitor.begin(kind);
  if (kind === 'sign-in') await visitor.act({ type: 'identify', identifier });
  else await goOn(kit, visitor, { until });
  return { kit, visitor };
};

const setUp =
  (factor: Factor, submit: Parameters<Visitor['act']>[0] | null = null) =>
  async (): Promise<Scene> => {
    const scene = await open({ factors: [factor] });
    const { token } = await scene.kit.begin({ kind: 'setup', factor });
    await scene.visitor.claim(token);
    if (submit) await scene.visitor.act(submit);
    return scene;
  };

const submits: Record<Factor, Parameters<Visitor['act']>[0] | null> = {
  sms: { type: 'submit-phone', phone },
  email: { type: 'submit-email', email: 'ada@work.example' },
  totp: null,
  passkey: null,
};

/** Binds the factor of the step that the visitor is at. */
const confirm: Record<Factor, (scene: Scene) => Promise<unknown>> = {
  sms: ({ kit, visitor }) => visitor.act({ type: 'submit-code', code: kit.inbox.code() }),
  email: ({ kit, visitor }) => visitor.act({ type: 'submit-code', code: kit.inbox.code() }),
  totp: ({ kit, visitor }) => confirmApp(kit, visitor),
  passkey: ({ kit, visitor }) => add(visitor, createAuthenticator({ origin: kit.origin })),
};

/** Somebody who holds the factor, at the step that asks for it. */
const verify = (factor: Factor) => async (): Promise<Scene> => {
  const scene = await setUp(factor, submits[factor])();
  await confirm[factor](scene);
  scene.kit.clock.advance(2 * minute);
  return claimed(scene.kit, 'verify');
};

/** Somebody at the list of factors that they hold: an app and backup codes. */
const choosing = async (): Promise<Scene> => {
  const { kit } = await open({ factors: ['totp', 'backup-codes'] });
  const first = await claimed(kit, 'sign-in');
  await confirmApp(kit, first.visitor);
  await first.visitor.act({ type: 'acknowledge' });
  kit.clock.advance(2 * minute);
  const scene = await claimed(kit, 'sign-in');
  await scene.visitor.act({ type: 'switch' });
  return scene;
};

const atBackupCode = async (): Promise<Scene> => {
  const scene = await choosing();
  const { step } = scene.visitor.flow;
  assert.equal(step.name, 'choose-factor');
  await scene.visitor.act({ type: 'choose', factorId: step.held.at(-1)?.id });
  return scene;
};

const blocked = async (): Promise<Scene> => {
  const { kit } = await verify('sms')();
  await kit.backend.settings.write({
    appName: 'Acme',
    ...everything,
    factors: ['sms'],
    sends: { perNumberTenMinutes: 1 },
  });
  kit.clock.advance(5 * minute + 1);
  return claimed(kit, 'verify');
};

/** A way to each step that there is, by its name, and its factor and stage where it has them. */
export const everyStep: Readonly<Record<string, () => Promise<Scene>>> = {
  'identify to sign in': begun('sign-in'),
  identify: begun('sign-up'),
  'identify to reset the password': begun('reset-password'),
  'identify to recover': begun('recover'),
  'enter-code': signedUpTo('enter-code'),
  'set-password': signedUpTo('set-password'),
  'enter-password': named('sign-in', 'enter-password'),
  'enter-pass': named('recover', 'enter-pass'),
  'turn-on': signedUpTo('turn-on', { policy: { mode: 'optional', prompt: 'sign-in-and-sign-up' } }),
  'choose-factor': signedUpTo('choose-factor'),
  'choose-factor of those held': choosing,
  blocked,
  complete: signedUpTo('complete', { factors: ['sms'] }),
  'setup-factor sms phone': setUp('sms'),
  'setup-factor sms code': setUp('sms', submits.sms),
  'setup-factor email email': setUp('email'),
  'setup-factor email code': setUp('email', submits.email),
  'setup-factor totp key': setUp('totp'),
  'setup-factor passkey register': setUp('passkey'),
  'save-backup-codes backup-codes codes': signedUpTo('save-backup-codes', { factors: ['sms', 'backup-codes'] }),
  'verify-factor sms code': verify('sms'),
  'verify-factor email code': verify('email'),
  'verify-factor totp code': verify('totp'),
  'verify-factor passkey authenticate': verify('passkey'),
  'verify-factor backup-codes code': atBackupCode,
};
