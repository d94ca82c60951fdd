import { engineActions } from '@countersign/core/flow';
import { enterNext } from '../enter.ts';
import { openList, verifyHeld, withSwitch } from '../factors/verify-held.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** Nothing can be sent for now, or nothing that is held serves any more; then only an administrator changes that. */
export const blocked: StepRules<At<'blocked'>> = {
  accepts: async (draft, { reason }) => (reason === 'factors-locked' ? ['retry'] : withSwitch(draft, ['retry'])),
  async act(draft, position, action) {
    payload(engineActions.retry, action);
    if (position.reason === 'factors-locked') return enterNext(draft);
    return action.type === 'switch' ? openList(draft) : verifyHeld(draft, position.factorId);
  },
  async show(_draft, position, base) {
    const { name, reason } = position;
    const retryAt = reason === 'factors-locked' ? null : new Date(position.retryAt).toISOString();
    return { ...base, name, reason, retryAt };
  },
};
