import type { Flow } from '@countersign/core/flow';
import type { Parts } from '../parts.ts';
import type { FlowRow } from '../store/rows.ts';
import { draftOf } from './draft.ts';
import { endOf } from './find.ts';
import { rulesOf, stepOf } from './steps/steps.ts';

/** The flow as its holder may see it. Reads only: sends nothing, counts nothing, prolongs nothing. */
export const present = async (parts: Parts, row: FlowRow): Promise<Flow> => {
  const draft = await draftOf(parts, row);
  const position = stepOf(draft);
  if (!position) throw new Error(`a flow that is ${row.position.name} has no step to show`);
  const rules = rulesOf(position);
  const base = { id: position.id, actions: await rules.accepts(draft, position) };
  const step = await rules.show(draft, position, base);
  return {
    id: row.id,
    kind: row.kind,
    expiresAt: new Date(endOf(row)).toISOString(),
    serverTime: new Date(parts.now()).toISOString(),
    step,
  };
};
