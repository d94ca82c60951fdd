import type { FactorMove, FactorState, HeldFactor, NewFactor } from '@countersign/core/factor';
import { randomId } from '../crypto/random.ts';
import type { Parts } from '../parts.ts';
import type { ProvedFactor } from '../store/rows.ts';
import { factorOf, type FactorPosition } from './actions.ts';
import { type Decision, decide } from './decide.ts';
import type { Draft } from './draft.ts';
import { factorContext } from './factor-context.ts';
import { heldFactors, newFactorRow } from './held.ts';

const stepId = (parts: Parts): string => randomId(parts.random, 'stp');

const prove = (draft: Draft, proved: ProvedFactor): void => {
  draft.flow.proved = [...draft.flow.proved, proved];
};

/** Enters the verification of a held factor; for code factors this sends, unless a code is on its way. */
export const enterVerify = async (draft: Draft, held: HeldFactor): Promise<void> => {
  const move = await factorOf(draft.parts, held.type).verify(await factorContext(draft, held.type), held);
  const position = { name: 'verify-factor', id: '', factor: held.type, factorId: held.id, state: null } as const;
  await applyMove(draft, position, move);
};

/** Enters the binding of a new factor. */
export const enterSetup = async (
  draft: Draft,
  { factor, notice }: Omit<Extract<Decision, { step: 'setup-factor' }>, 'step'>,
): Promise<void> => {
  const move = await factorOf(draft.parts, factor).setup(await factorContext(draft, factor));
  await applyMove(draft, { name: 'setup-factor', id: '', factor, notice, state: null }, move);
};

/** Enters the step that the rules say comes next. */
export const enterNext = async (draft: Draft): Promise<void> => {
  const { parts, settings, flow } = draft;
  const held = await heldFactors(draft);
  const { kind, factor: requested, proved } = flow;
  const decision = decide({ kind, requested, configured: settings.factors, held, proved });
  switch (decision.step) {
    case 'choose-factor':
      flow.position = { name: 'choose-factor', id: stepId(parts), mode: decision.mode, notice: decision.notice };
      return;
    case 'setup-factor':
      return enterSetup(draft, decision);
    case 'verify-factor': {
      const factor = held.find(({ id }) => id === decision.factorId);
      if (!factor) throw new Error('the rules chose a factor that the user does not hold');
      return enterVerify(draft, factor);
    }
    case 'complete':
      flow.position = { name: 'complete', id: stepId(parts), jti: randomId(parts.random, 'prf'), at: parts.now() };
  }
};

const bind = async (draft: Draft, type: string, bound: NewFactor): Promise<void> => {
  const factor = await newFactorRow(draft, type, bound);
  draft.added.push(factor);
  draft.writes.push({ type: 'add-factor', factor }, { type: 'turn-on', userId: draft.flow.userId });
  prove(draft, { type, factorId: factor.id, by: 'bound' });
};

/** Carries out what a factor answered. */
export const applyMove = async (
  draft: Draft,
  position: FactorPosition,
  move: FactorMove<FactorState>,
): Promise<void> => {
  switch (move.type) {
    case 'enter':
      draft.flow.position = { ...position, id: stepId(draft.parts), state: move.state };
      draft.entered = true;
      return;
    case 'stay':
      draft.flow.position = { ...position, state: move.state };
      return;
    case 'bound':
      await bind(draft, position.factor, move.factor);
      return enterNext(draft);
    case 'verified': {
      const factorId = position.name === 'verify-factor' ? position.factorId : '';
      draft.writes.push({ type: 'use-factor', id: factorId, at: draft.parts.now() });
      prove(draft, { type: position.factor, factorId, by: 'verified' });
      return enterNext(draft);
    }
  }
};
