import { engineActions } from '@countersign/core/flow';
import { enterStep } from '../enter.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { openIdentifier } from '../primary/identifiers.ts';
import { signIn } from '../primary/sign-in.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** The password of whoever named themselves without it. */
export const enterPassword: StepRules<At<'enter-password'>> = {
  accepts: async () => ['submit-password', 'back'],
  async act(draft, _position, action) {
    if (action.type !== 'back') {
      return signIn(draft, identifierOf(draft), payload(engineActions['submit-password'], action).password);
    }
    payload(engineActions.back, action);
    enterStep(draft, { name: 'identify', notice: null });
  },
  show: async (draft, { name }, base) => ({
    ...base,
    name,
    identifier: await openIdentifier(draft.parts, identifierOf(draft)),
  }),
};
