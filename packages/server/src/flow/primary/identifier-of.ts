import type { FlowIdentifier } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';

/** The address of a step that comes after the person named one. */
export const identifierOf = ({ flow }: Pick<Draft, 'flow'>): FlowIdentifier => {
  if (flow.identifier) return flow.identifier;
  throw new Error(`the flow stands at ${flow.position.name}, but nobody named an address`);
};
