import type { Committed, Write } from '../store.ts';

/** A write, by its type. */
export type WriteOf<Type extends Write['type']> = Extract<Write, { type: Type }>;

/** What a write without a condition comes to, and any other whose condition held. */
export const done: Committed = { done: true };

/** A condition holds where its statement changed a row. */
export const ifChanged = (
  rows: bigint | undefined,
  lost: Exclude<Extract<Committed, { done: false }>['lost'], 'slot'>,
): Committed => (rows === 1n ? done : { done: false, lost });
