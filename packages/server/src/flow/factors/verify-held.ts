import { CountersignError } from '@countersign/core/errors';
import type { Draft } from '../draft.ts';
import { enterStep, enterVerify } from '../enter.ts';
import { openFactors } from './open.ts';

/** Enters the verification of the factor that the person chose; `session.mfa.mfa_factor_not_enabled` if it is not held. */
export const verifyHeld = async (draft: Draft, factorId: string | undefined): Promise<void> => {
  const held = (await openFactors(draft)).find(({ id }) => id === factorId);
  if (!held) throw new CountersignError('session.mfa.mfa_factor_not_enabled', { path: 'factorId' });
  await enterVerify(draft, held);
  if (draft.flow.barred.includes(held.id)) draft.refusal = new CountersignError('session.mfa.factor_locked');
};

/** Opens the list of the factors held; nothing is sent before one is chosen. */
export const openList = (draft: Draft): void =>
  enterStep(draft, { name: 'choose-factor', mode: 'verify', suggestion: false, notice: null });

/** Adds `switch` where there is another factor. */
export const withSwitch = async (draft: Draft, actions: readonly string[]): Promise<string[]> =>
  (await openFactors(draft)).length > 1 ? [...actions, 'switch'] : [...actions];
