import type { Flow } from '@countersign/core/flow';
import type { TestKit, TestKitOptions } from '@countersign/server/testing';

/** Settings under which people sign up with an e-mail address, and a phone and backup codes are their second step. */
export const accounts = (settings: TestKitOptions['settings'] = {}): TestKitOptions => ({
  settings: {
    signUp: { identifiers: ['email'] },
    factors: ['sms', 'backup-codes'],
    policy: { mode: 'mandatory' },
    ...settings,
  },
});

export const address = 'ada@example.com';
export const phone = '+31612345678';
export const password = 'fifteen purple herons';

const codesOf = ({ step }: Flow): readonly string[] =>
  'codes' in step && Array.isArray(step.codes) ? step.codes.map(String) : [];

/** Ada signs up by the real protocol, with a phone as her second step; gives her backup codes. */
export const signUp = async (kit: TestKit): Promise<readonly string[]> => {
  const visitor = kit.visitor();
  await visitor.begin('sign-up');
  await visitor.act({ type: 'identify', identifier: { type: 'email', value: address } });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(address) });
  await visitor.act({ type: 'set-password', password });
  if (visitor.flow.step.name !== 'setup-factor') return [];
  await visitor.act({ type: 'submit-phone', phone });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(phone) });
  const codes = codesOf(visitor.flow);
  await visitor.act({ type: 'acknowledge' });
  return codes;
};

/** Somebody has tried so many passwords for Ada's account that they have to wait. */
export const guessPasswords = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  for (let times = 0; times < 10; times += 1) {
    await visitor.act({ type: 'identify', identifier: { type: 'email', value: address }, password: 'a guess' });
  }
};
