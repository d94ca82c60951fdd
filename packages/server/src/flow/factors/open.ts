import type { HeldFactor } from '@countersign/core/factor';
import { proofChannels } from '../../settings/available.ts';
import type { FactorRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { heldRows, usableFactors } from './held.ts';

/** The held factor that the flow is about to take away, if it is about that. */
const removedBy = ({ flow }: Draft): string | null => {
  if (flow.replaces !== null) return flow.replaces;
  return flow.purpose?.action === 'remove-factor' ? flow.purpose.target : null;
};

/**
 * Who would remove a factor shows that one, or one at least as strong that nothing weaker has vouched for: a stolen
 * phone number neither removes a passkey nor binds another one to remove it with.
 */
const strongEnough = (draft: Draft, target: FactorRow): ((row: FactorRow) => boolean) => {
  const strength = draft.parts.factors.get(target.type)?.strength ?? 0;
  return (row) => row.id === target.id || row.rank >= strength;
};

/** Who resets a password by a message has shown that channel already, so that another factor is asked for, if any is held. */
const otherThanReset = ({ parts, flow }: Draft, held: readonly HeldFactor[]): HeldFactor[] => {
  const channel = flow.identifier ? proofChannels[flow.identifier.type] : null;
  const others = held.filter(({ type }) => !parts.factors.get(type)?.channels.some((one) => one === channel));
  return others.length > 0 ? others : [...held];
};

/** The usable factors that may serve in this flow, in the order of {@link usableFactors}. */
export const openFactors = async (draft: Draft): Promise<HeldFactor[]> => {
  const usable = (await usableFactors(draft)).filter(({ id }) => !draft.flow.barred.includes(id));
  if (draft.flow.kind === 'reset-password') return otherThanReset(draft, usable);
  const removed = removedBy(draft);
  const rows = await heldRows(draft);
  const target = rows.find(({ id }) => id === removed);
  if (!target) return usable;
  const strong = rows.filter(strongEnough(draft, target)).map(({ id }) => id);
  return usable.filter(({ id }) => strong.includes(id));
};
