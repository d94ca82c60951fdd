import type { NewFactor, ProvedIdentifier } from '@countersign/core/factor';
import type { Parts } from '../../parts.ts';
import type { FactorRow } from '../../store/rows.ts';
import { isIndexOpen } from './factor-context.ts';
import { factorIndex } from './held.ts';

/** The factor of a type that a proved address is; null where it is none, is held already, or has its five users. */
export const factorOfAddress = async (
  parts: Parts,
  type: string,
  { address, held }: { address: ProvedIdentifier; held: readonly FactorRow[] },
): Promise<NewFactor | null> => {
  const factor = parts.factors.get(type)?.fromIdentifier(address) ?? null;
  if (factor === null || factor.index === null) return null;
  const index = await factorIndex(parts, type, factor.index);
  if (held.some((row) => row.type === type && row.index === index)) return null;
  return (await isIndexOpen(parts, type, { index: factor.index })) ? factor : null;
};
