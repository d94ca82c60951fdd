import type { Amr } from '@countersign/core/flow';
import type { Parts } from '../parts.ts';
import type { FlowRow } from '../store/rows.ts';

/** The methods seen by the host and in the flow; `mfa` only where there were both (RFC 8176). */
export const methodsOf = (parts: Parts, { firstFactor, proved }: FlowRow): Amr[] => {
  const first = firstFactor?.amr ?? [];
  const second = proved.flatMap(({ type, amr }) => amr ?? parts.factors.get(type)?.amr ?? []);
  const both = first.length > 0 && second.length > 0;
  return [...new Set<Amr>([...first, ...second, ...(both ? (['mfa'] as const) : [])])];
};
