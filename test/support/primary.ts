import assert from 'node:assert/strict';
import type { Identifier } from '@countersign/core/identifier';
import type { SettingsInput } from '@countersign/server';
import type { TestKit, Visitor } from '@countersign/server/testing';

/** A password that no rule refuses. */
export const password = 'correct horse 9 battery';

/** The phone that {@link signUp} binds where a second factor is asked for. */
export const secondPhone = '+31687654321';

/** Answers whatever step a sign-up or sign-in stands at, as a person who wants everything would. */
const answer = (
  kit: Pick<TestKit, 'inbox'>,
  visitor: Visitor,
  identifier: Identifier,
): Parameters<Visitor['act']>[0] | null => {
  const { step } = visitor.flow;
  switch (step.name) {
    case 'identify':
      return { type: 'identify', identifier, ...(step.password && { password }) };
    case 'enter-code':
      return { type: 'submit-code', code: kit.inbox.code(identifier.value) };
    case 'set-password':
      return { type: 'set-password', password };
    case 'turn-on':
      return { type: 'turn-on' };
    case 'setup-factor':
      return step.stage === 'phone'
        ? { type: 'submit-phone', phone: secondPhone }
        : { type: 'submit-code', code: kit.inbox.code(secondPhone) };
    case 'verify-factor':
      return { type: 'submit-code', code: kit.inbox.code() };
    case 'save-backup-codes':
      return { type: 'acknowledge' };
    default:
      return null;
  }
};

/** Where a person goes to, and by which address. */
interface Route {
  identifier: Identifier;
  /** The step to stop at. Default: `complete`. */
  until?: string;
}

/** Goes on until the flow stands at the step; gives the names of the steps on the way, in order. */
export const goOn = async (
  kit: Pick<TestKit, 'inbox'>,
  visitor: Visitor,
  { identifier, until = 'complete' }: Route,
) => {
  const names: string[] = [visitor.flow.step.name];
  while (visitor.flow.step.name !== until) {
    const action = answer(kit, visitor, identifier);
    assert.ok(action, `the flow ended at ${visitor.flow.step.name} and not at ${until}`);
    const reply = await visitor.act(action);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    names.push(visitor.flow.step.name);
  }
  return names;
};

/** Signs up, and sets up whatever is asked for. */
export const signUp = async (kit: Pick<TestKit, 'inbox'>, visitor: Visitor, route: Route): Promise<string[]> => {
  await visitor.begin('sign-up');
  return goOn(kit, visitor, route);
};

/** Signs in, and answers whatever is asked for. */
export const signIn = async (kit: Pick<TestKit, 'inbox'>, visitor: Visitor, route: Route): Promise<string[]> => {
  await visitor.begin('sign-in');
  return goOn(kit, visitor, route);
};

/** Settings of the source document's examples: both kinds of sign-up, SMS and backup codes, for everybody. */
export const mandatory = {
  signUp: { identifiers: ['email', 'phone'] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' },
} satisfies Partial<SettingsInput>;

export const ada = { type: 'email', value: 'ada@example.com' } as const;
export const adasPhone = { type: 'phone', value: '+31612345678' } as const;
