import type { Identifier } from '@countersign/core/identifier';
import type { Inbox } from './inbox.ts';
import type { Visitor } from './visitor.ts';

/** Who goes through a sign-up or sign-in, and how far. */
export interface PersonOptions {
  /** Default: the e-mail address `ada@example.com`. */
  identifier?: Identifier;
  /** Default: one that no rule refuses. */
  password?: string;
  /** The number that is bound where a second factor is asked for. Default: a Dutch mobile number. */
  phone?: string;
  /** The address that is bound where the second factor is mailed. Default: not that of the sign-up. */
  email?: string;
  /** The step to stop at. Default: `complete`. */
  until?: string;
}

/** Somebody with every detail that a form may ask for. */
export const defaultPerson = {
  identifier: { type: 'email', value: 'ada@example.com' },
  password: 'correct horse 9 battery',
  phone: '+31687654321',
  email: 'ada@work.example',
  until: 'complete',
} as const satisfies PersonOptions;

type Action = Parameters<Visitor['act']>[0];

/** Gives the address that is asked for, then the code that was sent to it. */
const setUp = (inbox: Inbox, { factor, stage }: { factor: string; stage: string }, options: PersonOptions): Action => {
  const { phone, email } = { ...defaultPerson, ...options };
  if (stage === 'phone') return { type: 'submit-phone', phone };
  if (stage === 'email') return { type: 'submit-email', email };
  return { type: 'submit-code', code: inbox.code(factor === 'email' ? email : phone) };
};

/** Answers the step that a flow stands at, as a person who wants everything would; null where nothing is asked. */
const answerOf = (inbox: Inbox, visitor: Visitor, options: PersonOptions): Action | null => {
  const { identifier, password } = { ...defaultPerson, ...options };
  const { step } = visitor.flow;
  switch (step.name) {
    case 'identify':
      return { type: 'identify', identifier, ...(step.methods[0] === 'password' && { password }) };
    case 'enter-code':
      return { type: 'submit-code', code: inbox.code(identifier.value) };
    case 'enter-password':
      return { type: 'submit-password', password };
    case 'set-password':
      return { type: 'set-password', password };
    case 'turn-on':
      return { type: 'turn-on' };
    case 'setup-factor':
      return setUp(inbox, step, options);
    case 'verify-factor':
      return { type: 'submit-code', code: inbox.code() };
    case 'save-backup-codes':
      return { type: 'acknowledge' };
    default:
      return null;
  }
};

/**
 * Goes on with a visitor's flow by the real protocol, reading codes from the inbox; gives the names of the steps on the
 * way, the first and the last included. Throws where a step is refused, or leads elsewhere than to `until`.
 */
export const goOn = async (inbox: Inbox, visitor: Visitor, options: PersonOptions = {}): Promise<string[]> => {
  const { until } = { ...defaultPerson, ...options };
  const names: string[] = [visitor.flow.step.name];
  while (visitor.flow.step.name !== until) {
    const action = answerOf(inbox, visitor, options);
    if (!action) throw new Error(`the flow stands at ${visitor.flow.step.name} and does not get to ${until}`);
    const reply = await visitor.act(action);
    if (reply.status !== 200) throw new Error(`${action.type} was refused: ${JSON.stringify(reply.body)}`);
    names.push(visitor.flow.step.name);
  }
  return names;
};
