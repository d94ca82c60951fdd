import { engineActions } from '@countersign/core/flow';
import * as v from 'valibot';
import { trustOffer } from '../device.ts';
import { CountersignError, isCountersignError } from '@countersign/core/errors';
import { heldRows, usableFactors } from '../factors/held.ts';
import type { Draft } from '../draft.ts';
import { applyMove, enterNext } from '../enter.ts';
import { factorContext } from '../factors/factor-context.ts';
import { decline, maySkipSetup } from '../skip.ts';
import { factorOf, type FactorPosition, stageOf, stateOf } from '../factors/step-of-factor.ts';
import { openList, withSwitch } from '../factors/verify-held.ts';
import { type Envelope, payload, type StepRules } from './rules.ts';

/** Beside the factor's own entries. */
const trustEntries = { trust: v.optional(v.boolean()) };
/** An administrator, or the person elsewhere, may have removed it since the step was entered. */
const isGone = async (draft: Draft, position: FactorPosition): Promise<boolean> =>
  position.name === 'verify-factor' && !(await heldRows(draft)).some(({ id }) => id === position.factorId);

/** Another tab may have bound one since the step was entered: then the password alone no longer adds any. */
const isHeldMeanwhile = async (draft: Draft, { name }: FactorPosition): Promise<boolean> =>
  name !== 'verify-factor' && draft.flow.proved.length === 0 && (await usableFactors(draft)).length > 0;

const actOnFactor = async (draft: Draft, position: FactorPosition, envelope: Envelope): Promise<void> => {
  if (await isGone(draft, position)) {
    draft.refusal = new CountersignError('session.mfa.mfa_factor_not_enabled');
    return enterNext(draft);
  }
  if (await isHeldMeanwhile(draft, position)) {
    draft.refusal = new CountersignError('flow.step_changed');
    return enterNext(draft);
  }
  const factor = factorOf(draft.parts, position.factor);
  const context = await factorContext(draft, position.factor);
  const accepts = stageOf(factor, position).accepts[envelope.type] ?? {};
  const {
    id: _id,
    step: _step,
    botCheck: _solution,
    trust,
    ...action
  } = payload({ ...accepts, ...trustEntries }, envelope);
  if (trust === true) draft.trust = true;
  try {
    const move = await factor.act(context, stateOf(factor, position), { ...action, type: envelope.type });
    return await applyMove(draft, position, move);
  } catch (error) {
    if (!isCountersignError(error) || error.code !== 'session.mfa.factor_locked') throw error;
    draft.refusal = error;
    return enterNext(draft);
  }
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
    if (shown.name !== 'verify-factor') return { ...data, ...base, ...shown };
    return { ...data, ...base, ...shown, trustDevice: trustOffer(draft, position.factor) };
  },
};
