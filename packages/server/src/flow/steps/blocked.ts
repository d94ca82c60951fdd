import { engineActions } from '@countersign/core/flow';
import { openList, verifyHeld, withSwitch } from '../factors/verify-held.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** Nothing can be sent for now. */
export const blocked: StepRules<At<'blocked'>> = {
  accepts: (draft) => withSwitch(draft, ['retry']),
  async act(draft, { factorId }, action) {
    payload(engineActions.retry, action);
    return action.type === 'switch' ? openList(draft) : verifyHeld(draft, factorId);
  },
  show: async (_draft, { name, reason, retryAt }, base) => ({
    ...base,
    name,
    reason,
    retryAt: new Date(retryAt).toISOString(),
  }),
};
