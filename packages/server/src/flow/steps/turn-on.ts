import { engineActions } from '@countersign/core/flow';
import { userIdOf } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { declineForGood } from '../skip.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** Whether to turn on 2-step verification, where the policy leaves that to the person. */
export const turnOn: StepRules<At<'turn-on'>> = {
  accepts: async () => ['turn-on', 'skip'],
  async act(draft, _position, action) {
    payload(engineActions['turn-on'], action);
    if (action.type === 'skip') declineForGood(draft, 'turn-on');
    else draft.writes.push({ type: 'turn-on', userId: userIdOf(draft) });
    await enterNext(draft);
  },
  show: async (_draft, { name }, base) => ({ ...base, name }),
};
