import type { FactorServer, NewFactor } from '@countersign/core/factor';
import type { IdentifierRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { isIndexOpen } from './factor-context.ts';
import { addFactor, factorIndex, heldRows } from './held.ts';
import { userOf } from '../user.ts';
import { addressesOf, openIdentifier } from '../primary/identifiers.ts';

const isHeld = async (draft: Draft, type: string, { index }: NewFactor): Promise<boolean> => {
  const blind = index === null ? null : await factorIndex(draft.parts, type, index);
  return (await heldRows(draft)).some((row) => row.type === type && row.index === blind);
};

const bind = async (
  draft: Draft,
  address: IdentifierRow,
  { contract, fromIdentifier }: FactorServer,
): Promise<void> => {
  const { parts, flow } = draft;
  const { type } = contract;
  if (address.verifiedAt === null) return;
  const { verifiedAt } = address;
  const factor = fromIdentifier({ ...(await openIdentifier(parts, address)), verifiedAt });
  if (factor === null || (await isHeld(draft, type, factor))) return;
  if (factor.index !== null && !(await isIndexOpen(parts, type, { index: factor.index }))) return;
  const { id: factorId } = await addFactor(draft, { type, source: 'identifier' }, factor);
  const isProvedHere = flow.identifier?.index === address.index && flow.identifier.verifiedAt !== null;
  // One code is not both factors, even where the operator has changed the methods since it was sent.
  const isSecond = isProvedHere && flow.firstFactor?.amr.includes('pwd');
  if (isSecond) flow.proved = [...flow.proved, { type, factorId, by: 'identified' }];
};

/**
 * Makes factors of the addresses that the user has proved, without a message. Only one that was proved in this flow
 * counts as a proof in it; an earlier one is asked for like any other factor.
 */
export const bindProved = async (draft: Draft): Promise<void> => {
  const { parts, settings } = draft;
  if ((await userOf(draft)).skipped.includes('bind-proved')) return;
  const configured = settings.factors.flatMap((type) => parts.factors.get(type) ?? []);
  for (const address of await addressesOf(draft)) {
    for (const factor of configured) await bind(draft, address, factor);
  }
};
