import { engineActions } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import type { Draft } from '../draft.ts';
import { enterStep } from '../enter.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { addressesOf, openIdentifier } from '../primary/identifiers.ts';
import { confirmPassword, signIn } from '../primary/sign-in.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** Whose password it is, for the page's password manager. */
const shownIdentifier = async (draft: Draft): Promise<Identifier> => {
  if (draft.flow.sessionId === null) return openIdentifier(draft.parts, identifierOf(draft));
  const [first] = await addressesOf(draft);
  if (!first) throw new Error('a session asks for the password of a user who has no address');
  return openIdentifier(draft.parts, first);
};

/** The password of whoever named themselves without it, or of who is signed in. */
export const enterPassword: StepRules<At<'enter-password'>> = {
  accepts: async ({ flow }) => (flow.sessionId === null ? ['submit-password', 'back'] : ['submit-password']),
  async act(draft, _position, action) {
    if (action.type !== 'back') {
      const { password } = payload(engineActions['submit-password'], action);
      return draft.flow.sessionId === null
        ? signIn(draft, identifierOf(draft), password)
        : confirmPassword(draft, password);
    }
    payload(engineActions.back, action);
    enterStep(draft, { name: 'identify', notice: null });
  },
  show: async (draft, { name }, base) => ({
    ...base,
    name,
    identifier: await shownIdentifier(draft),
  }),
};
