import type { HeldFactor, NewFactor } from '@countersign/core/factor';
import type { HeldFactorView } from '@countersign/core/flow';
import * as v from 'valibot';
import { randomId } from '../crypto/random.ts';
import type { Parts } from '../parts.ts';
import type { FactorRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';

const factorData = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

const sealContext = ({ id, userId }: Pick<FactorRow, 'id' | 'userId'>): string[] => ['factor', userId, id];

const open = async ({ vault }: Parts, row: FactorRow): Promise<HeldFactor> => {
  const { id, type, createdAt, lastUsedAt } = row;
  const data = v.parse(factorData, JSON.parse(await vault.open(row.sealed, sealContext(row))));
  return { id, type, data, createdAt, lastUsedAt };
};

/** The factors that the user will hold once the draft is committed, oldest first. */
export const heldFactors = async ({ parts, flow, added }: Draft): Promise<HeldFactor[]> => {
  const rows = [...(await parts.store.factors.list(flow.userId)), ...added];
  return Promise.all(rows.toSorted((a, b) => a.createdAt - b.createdAt).map((row) => open(parts, row)));
};

/** Those of them that are on, so that the user can verify with them. */
export const usableFactors = async (draft: Draft): Promise<HeldFactor[]> =>
  (await heldFactors(draft)).filter(({ type }) => draft.settings.factors.includes(type));

/** How a factor is shown to its owner. */
export const viewOf = (parts: Parts, held: HeldFactor): HeldFactorView => {
  const { id, type } = held;
  return { id, type, target: parts.factors.get(type)?.target(held) ?? '' };
};

/** The blind index under which bindings of the same thing are found. */
export const factorIndex = ({ vault }: Parts, type: string, index: string): Promise<string> =>
  vault.index(['factor', type, index]);

/** The row of a factor that is bound now. */
export const newFactorRow = async ({ parts, flow }: Draft, type: string, factor: NewFactor): Promise<FactorRow> => {
  const id = randomId(parts.random, 'fac');
  const { userId } = flow;
  return {
    id,
    userId,
    type,
    sealed: await parts.vault.seal(JSON.stringify(factor.data), sealContext({ id, userId })),
    index: factor.index === null ? null : await factorIndex(parts, type, factor.index),
    keyId: parts.vault.keyId,
    createdAt: parts.now(),
    lastUsedAt: null,
  };
};
