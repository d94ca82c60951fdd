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
  /** The step to stop at. Default: `complete`. */
  until?: string;
}

/** Somebody with every detail that a form may ask for. */
export const defaultPerson = {
  identifier: { type: 'email', value: 'ada@example.com' },
  password: 'correct horse 9 battery',
  phone: '+31687654321',
  until: 'complete',
} as const satisfies PersonOptions;

type Action = Parameters<Visitor['act']>[0];

/** Answers the step that a flow stands at, as a person who wants everything would; null where nothing is asked. */
const answerOf = (inbox: Inbox, visitor: Visitor, options: PersonOptions): Action | null => {
  const { identifier, password, phone } = { ...defaultPerson, ...options };
  const { step } = visitor.flow;
  switch (step.name) {
    case 'identify':
      return { type: 'identify', identifier, ...(step.password && { password }) };
    case 'enter-code':
      return { type: 'submit-code', code: inbox.code(identifier.value) };
    case 'enter-password':
      return { type: 'submit-password', password };
    case 'set-password':
      return { type: 'set-password', password };
    case 'turn-on':
      return { type: 'turn-on' };
    case 'setup-factor':
      return step.stage === 'phone'
        ? { type: 'submit-phone', phone }
        : { type: 'submit-code', code: inbox.code(phone) };
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
