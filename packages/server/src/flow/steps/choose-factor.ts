import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import type { Draft } from '../draft.ts';
import { enterNext, enterSetup } from '../enter.ts';
import { heldFactors, viewOf } from '../factors/held.ts';
import { openFactors } from '../factors/open.ts';
import { decline, declineForGood, maySkipSetup } from '../skip.ts';
import { verifyHeld } from '../factors/verify-held.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

const isSkippable = async (draft: Draft, { mode, suggestion }: At<'choose-factor'>): Promise<boolean> =>
  mode === 'setup' && (suggestion || (await maySkipSetup(draft)));

/** Factors that can be set up: a suggestion is about another kind than those held. */
const available = async (draft: Draft, { suggestion }: At<'choose-factor'>): Promise<string[]> => {
  const { parts, settings } = draft;
  const held = suggestion ? (await heldFactors(draft)).map(({ type }) => type) : [];
  return settings.factors.filter(
    (type) => parts.factors.get(type)?.contract.role === 'primary' && !held.includes(type),
  );
};

const choose = async (draft: Draft, position: At<'choose-factor'>, action: Envelope): Promise<void> => {
  const { factor, factorId } = payload(engineActions.choose, action);
  if (position.mode === 'verify') return verifyHeld(draft, factorId);
  if (factor === undefined || !(await available(draft, position)).includes(factor)) {
    throw new CountersignError('session.mfa.mfa_factor_not_enabled', { path: 'factor' });
  }
  await enterSetup(draft, { step: 'setup-factor', factor, notice: null });
};

/** A list to choose from. */
export const chooseFactor: StepRules<At<'choose-factor'>> = {
  accepts: async (draft, position) => ((await isSkippable(draft, position)) ? ['choose', 'skip'] : ['choose']),
  async act(draft, position, action) {
    if (action.type === 'choose') return choose(draft, position, action);
    payload(engineActions.skip, action);
    if (position.suggestion) declineForGood(draft, 'suggestion');
    else decline(draft, 'setup');
    await enterNext(draft);
  },
  async show(draft, position, base) {
    const { name, mode, notice, suggestion } = position;
    const held = await Promise.all((await openFactors(draft)).map((factor) => viewOf(draft, factor)));
    const types = mode === 'setup' ? await available(draft, position) : [];
    const skippable = await isSkippable(draft, position);
    return { ...base, name, mode, notice, suggestion, skippable, available: types, held };
  },
};
