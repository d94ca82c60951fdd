import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import type { Draft } from '../draft.ts';
import { enterStep } from '../enter.ts';
import { proveAddress } from '../primary/address-code.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { addressesOf, openIdentifier } from '../primary/identifiers.ts';
import { methodsOf } from '../primary/methods.ts';
import { confirmPassword, signIn } from '../primary/sign-in.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

/** Whose password it is, for the page's password manager. */
const shownIdentifier = async (draft: Draft): Promise<Identifier> => {
  if (draft.flow.sessionId === null) return openIdentifier(draft.parts, identifierOf(draft));
  const [first] = await addressesOf(draft);
  if (!first) throw new Error('a session asks for the password of a user who has no address');
  return openIdentifier(draft.parts, first);
};

const submit = async (draft: Draft, action: Envelope): Promise<void> => {
  const { password } = payload(engineActions['submit-password'], action);
  return draft.flow.sessionId === null
    ? signIn(draft, identifierOf(draft), password)
    : confirmPassword(draft, password);
};

const waysOn = (draft: Draft): string[] => {
  const methods = methodsOf(draft);
  return [
    ...(methods.includes('password') ? ['submit-password'] : []),
    ...(methods.includes('code') ? ['switch'] : []),
    'back',
  ];
};

/** The password of whoever named themselves without it, or of who is signed in. */
export const enterPassword: StepRules<At<'enter-password'>> = {
  accepts: async (draft) => (draft.flow.sessionId === null ? waysOn(draft) : ['submit-password']),
  async act(draft, _position, action) {
    switch (action.type) {
      case 'submit-password':
        return submit(draft, action);
      case 'switch':
        payload(engineActions.switch, action);
        return enterStep(draft, await proveAddress(draft, await shownIdentifier(draft)));
      case 'back':
        payload(engineActions.back, action);
        return enterStep(draft, { name: 'identify', notice: null });
      default:
        throw new CountersignError('flow.action_not_accepted', { path: 'type' });
    }
  },
  show: async (draft, { name }, base) => ({
    ...base,
    name,
    identifier: await shownIdentifier(draft),
  }),
};
