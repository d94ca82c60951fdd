import { engineActions } from '@countersign/core/flow';
import type { Draft } from '../draft.ts';
import { applyMove, enterNext } from '../enter.ts';
import { factorContext } from '../factors/factor-context.ts';
import { decline, maySkipSetup } from '../skip.ts';
import { factorOf, type FactorPosition, stageOf, stateOf } from '../factors/step-of-factor.ts';
import { openList, withSwitch } from '../factors/verify-held.ts';
import { type Envelope, payload, type StepRules } from './rules.ts';

const actOnFactor = async (draft: Draft, position: FactorPosition, envelope: Envelope): Promise<void> => {
  const factor = factorOf(draft.parts, position.factor);
  const context = await factorContext(draft, position.factor);
  const { id: _id, step: _step, ...action } = payload(stageOf(factor, position).accepts[envelope.type] ?? {}, envelope);
  const move = await factor.act(context, stateOf(factor, position), { ...action, type: envelope.type });
  await applyMove(draft, position, move);
};

/** Whether the person chose what to set up from a list, and may go back to it: this device may not be able to. */
const isListed = ({ parts, settings, flow }: Draft): boolean =>
  flow.factor === null &&
  settings.factors.filter((type) => factorOf(parts, type).contract.role === 'primary').length > 1;

/** A step that a factor fills: binding it, saving backup codes, or proving it. */
export const factorStep: StepRules<FactorPosition> = {
  async accepts(draft, position) {
    const own = Object.keys(stageOf(factorOf(draft.parts, position.factor), position).accepts);
    if (position.name === 'verify-factor') return withSwitch(draft, own);
    if (position.name !== 'setup-factor') return own;
    const ways = [...own, ...(isListed(draft) ? ['switch'] : [])];
    return (await maySkipSetup(draft)) ? [...ways, 'skip'] : ways;
  },
  async act(draft, position, action) {
    if (action.type !== 'switch' && action.type !== 'skip') return actOnFactor(draft, position, action);
    payload(engineActions[action.type], action);
    if (action.type === 'switch') return position.name === 'verify-factor' ? openList(draft) : enterNext(draft);
    decline(draft, 'setup');
    await enterNext(draft);
  },
  async show(draft, position, base) {
    const factor = factorOf(draft.parts, position.factor);
    const data = await factor.present(await factorContext(draft, position.factor), stateOf(factor, position));
    const { state: _private, id: _id, ...shown } = position;
    return { ...data, ...base, ...shown };
  },
};
