import type { IdentifierRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { factorOfAddress } from './factor-of-address.ts';
import { addFactor, heldRows } from './held.ts';
import { userOf } from '../user.ts';
import { addressesOf, isProved, openProved } from '../primary/identifiers.ts';

type ProvedRow = IdentifierRow & { verifiedAt: number };

const bind = async (draft: Draft, row: ProvedRow, type: string): Promise<void> => {
  const { parts, flow } = draft;
  const address = await openProved(parts, row);
  const factor = await factorOfAddress(parts, type, { address, held: await heldRows(draft) });
  if (factor === null) return;
  const { id: factorId } = await addFactor(draft, { type, source: 'identifier' }, factor);
  const isProvedHere = flow.identifier?.index === row.index && flow.identifier.verifiedAt !== null;
  // One code is not both factors, even where the operator has changed the methods since it was sent.
  const isSecond = isProvedHere && flow.firstFactor?.amr.includes('pwd');
  if (isSecond) flow.proved = [...flow.proved, { type, factorId, by: 'identified' }];
};

/**
 * Makes factors of the addresses that the user has proved, without a message. Only one that was proved in this flow
 * counts as a proof in it; an earlier one is asked for like any other factor.
 */
export const bindProved = async (draft: Draft): Promise<void> => {
  if ((await userOf(draft)).skipped.includes('bind-proved')) return;
  for (const row of (await addressesOf(draft)).filter(isProved)) {
    for (const type of draft.settings.factors) await bind(draft, row, type);
  }
};
