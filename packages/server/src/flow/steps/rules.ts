import type { FactorContract } from '@countersign/core/contract';
import { actionEnvelope, type Step, type StepBase } from '@countersign/core/flow';
import * as v from 'valibot';
import { parseInput } from '../../http/input.ts';
import type { Position } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';

/** An action as it came, with its envelope checked and its payload not yet. */
export type Envelope = v.InferOutput<typeof actionEnvelope>;

/** Everything about one step of a flow. */
export interface StepRules<P extends Position> {
  /** The actions that it accepts now. */
  accepts(draft: Draft, position: P): Promise<readonly string[]>;
  /** Carries out one of them on the draft. */
  act(draft: Draft, position: P, action: Envelope): Promise<void>;
  /** What its holder may see of it, added to what every step carries. Reads only. */
  show(draft: Draft, position: P, base: StepBase): Promise<Step<FactorContract>>;
}

/** The step's payload of an action, in which no other field may be. */
export const payload = <Entries extends v.ObjectEntries>(
  entries: Entries,
  action: Envelope,
): v.InferOutput<v.StrictObjectSchema<typeof actionEnvelope.entries & Entries, undefined>> =>
  parseInput(v.strictObject({ ...actionEnvelope.entries, ...entries }), action);

/** The position of this name. */
export type At<Name extends Position['name']> = Extract<Position, { name: Name }>;
