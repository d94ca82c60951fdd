import type { Stage } from '@countersign/core/contract';
import type { FactorServer, FactorState } from '@countersign/core/factor';
import * as v from 'valibot';
import type { Parts } from '../../parts.ts';
import type { Position } from '../../store/rows.ts';

/** A step that a factor fills. */
export type FactorPosition = Extract<Position, { state: unknown }>;

/** The factor of this type; a flow never gets here for one that the backend was not given. */
export const factorOf = (parts: Parts, type: string): FactorServer => {
  const factor = parts.factors.get(type);
  if (!factor) throw new Error(`the flow names the factor "${type}", which this backend was not given`);
  return factor;
};

/** The factor's private state of a step, as its schema says. */
export const stateOf = (factor: FactorServer, position: FactorPosition): FactorState =>
  v.parse(factor.state, position.state);

/** The contract of the stage that a step is at. */
export const stageOf = (factor: FactorServer, position: FactorPosition): Stage => {
  const { type, setup, verify } = factor.contract;
  const { stage } = stateOf(factor, position);
  const found = (position.name === 'verify-factor' ? verify : setup)[stage];
  if (!found) throw new Error(`the factor "${type}" has no stage "${stage}" in ${position.name}`);
  return found;
};
