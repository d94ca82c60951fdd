import type { FactorData, HeldFactor, NewFactor } from '@countersign/core/factor';
import type { HeldFactorView } from '@countersign/core/flow';
import * as v from 'valibot';
import { randomId } from '../../crypto/random.ts';
import type { Parts } from '../../parts.ts';
import type { FactorRow } from '../../store/rows.ts';
import { maxMisses } from '../../guess/secret.ts';
import { type Draft, userIdOf } from '../draft.ts';

const factorData = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

/** What a factor's data is sealed with, so that it opens in its own row alone. */
export const sealContext = ({ id, userId }: Pick<FactorRow, 'id' | 'userId'>): string[] => ['factor', userId, id];

const sealData = ({ vault }: Parts, data: FactorData, whose: Pick<FactorRow, 'id' | 'userId'>): Promise<string> =>
  vault.seal(JSON.stringify(data), sealContext(whose));

const openData = async ({ vault }: Parts, row: FactorRow): Promise<FactorData> =>
  v.parse(factorData, JSON.parse(await vault.open(row.sealed, sealContext(row))));

const heldAs = (row: FactorRow, data: FactorData): HeldFactor => {
  const { id, type, createdAt, lastUsedAt, spent, counter } = row;
  return { id, type, data, createdAt, lastUsedAt, spent, counter };
};

/** What its row holds, opened. */
export const openFactor = async (parts: Parts, row: FactorRow): Promise<HeldFactor> =>
  heldAs(row, await openData(parts, row));

const view = (parts: Parts, held: HeldFactor, name: string | null): HeldFactorView => {
  const { id, type } = held;
  return { id, type, target: parts.factors.get(type)?.target(held) ?? '', name };
};

/** The rows that the user will hold once the draft is committed, oldest first. */
export const heldRows = async (draft: Draft): Promise<FactorRow[]> => {
  const { parts, flow, added, writes, read } = draft;
  const stored = flow.userId === null ? [] : await (read.factors ??= parts.store.factors.list(flow.userId));
  const removed = writes.flatMap((write) => (write.type === 'remove-factor' ? [write.id] : []));
  const raised = writes.flatMap((write) => (write.type === 'advance' ? [write] : []));
  const marks = writes.flatMap((write) => (write.type === 'spend' ? [write] : []));
  return [...stored, ...added]
    .filter(({ id }) => !removed.includes(id))
    .map((row) => {
      const now = marks.filter(({ factorId }) => factorId === row.id).map(({ mark }) => mark);
      const counter = raised.find(({ factorId }) => factorId === row.id)?.to ?? row.counter;
      return { ...row, spent: [...row.spent, ...now], counter };
    })
    .toSorted((a, b) => a.createdAt - b.createdAt);
};

/** The factors that the user will hold once the draft is committed, oldest first. */
export const heldFactors = async (draft: Draft): Promise<HeldFactor[]> => {
  const { opened } = draft.read;
  const open = async (row: FactorRow) => heldAs(row, await (opened[row.id] ??= openData(draft.parts, row)));
  return Promise.all((await heldRows(draft)).map(open));
};

/** Whether as many guesses at it were wrong as there may ever be: it serves again once it is bound again. */
export const isLocked = ({ misses }: FactorRow): boolean => misses >= maxMisses;

/** Whether a held factor is of one of these types, and there is anything left to verify with. */
const isLeft = (parts: Parts, types: readonly string[], held: HeldFactor): boolean =>
  types.includes(held.type) && parts.factors.get(held.type)?.isUsable(held) === true;

/** The same of a row, which may be locked besides. */
export const isUsableIn = async (parts: Parts, types: readonly string[], row: FactorRow): Promise<boolean> =>
  !isLocked(row) && isLeft(parts, types, await openFactor(parts, row));

/** What the user will hold without what is locked, which is as good as not held: it may be bound again. */
export const unlockedFactors = async (draft: Draft): Promise<HeldFactor[]> => {
  const locked = (await heldRows(draft)).filter(isLocked).map(({ id }) => id);
  return (await heldFactors(draft)).filter(({ id }) => !locked.includes(id));
};

/** Those that the user can verify with, in the operator's order, backups last. */
export const usableFactors = async (draft: Draft): Promise<HeldFactor[]> => {
  const { parts, settings } = draft;
  const place = ({ type }: HeldFactor): number =>
    settings.factors.indexOf(type) +
    (parts.factors.get(type)?.contract.role === 'backup' ? settings.factors.length : 0);
  return (await unlockedFactors(draft))
    .filter((held) => isLeft(parts, settings.factors, held))
    .toSorted((a, b) => place(a) - place(b));
};

/** How a factor is shown to its owner. */
export const viewOf = async (draft: Draft, held: HeldFactor): Promise<HeldFactorView> => {
  const row = (await heldRows(draft)).find(({ id }) => id === held.id);
  return view(draft.parts, held, row?.name ?? null);
};

/** A held factor three times: as it is kept, as its factor reads it, and as its owner sees it. */
interface HeldRow {
  row: FactorRow;
  held: HeldFactor;
  view: HeldFactorView;
}

/** What a user holds, oldest first, outside any flow; read once, for whoever needs more than the view. */
export const heldBy = async (parts: Parts, userId: string): Promise<HeldRow[]> =>
  Promise.all(
    (await parts.store.factors.list(userId)).map(async (row) => {
      const held = await openFactor(parts, row);
      return { row, held, view: view(parts, held, row.name) };
    }),
  );

/** What a user holds, oldest first, as it is shown to its owner. */
export const factorsOf = async (parts: Parts, userId: string): Promise<HeldFactorView[]> =>
  (await heldBy(parts, userId)).map((one) => one.view);

/** The blind index under which bindings of the same thing are found. */
export const factorIndex = ({ vault }: Parts, type: string, index: string): Promise<string> =>
  vault.index(['factor', type, index]);

/**
 * The most that any factor proved in this flow counts for, so that what a weak one has vouched for vouches for no more in
 * its turn. Codes on paper, and a pass, count as much as codes that are sent: they are for getting back in.
 */
const vouchedFor = async (draft: Draft): Promise<number> => {
  const { proved } = draft.flow;
  if (proved.length === 0) return Infinity;
  const ranks = (await heldRows(draft)).filter(({ id }) => proved.some(({ factorId }) => factorId === id));
  return Math.max(1, ...ranks.map(({ rank }) => rank));
};

/** A new factor as it is kept; `vouched`: the strength of what vouched for it. */
export const factorRow = async (
  parts: Parts,
  { userId, type, source, vouched }: Pick<FactorRow, 'userId' | 'type' | 'source'> & { vouched: number },
  factor: NewFactor,
): Promise<FactorRow> => {
  const id = randomId(parts.random, 'fac');
  return {
    id,
    userId,
    type,
    sealed: await sealData(parts, factor.data, { id, userId }),
    index: factor.index === null ? null : await factorIndex(parts, type, factor.index),
    isSole: factor.isSole ?? false,
    keyId: parts.vault.keyId,
    source,
    createdAt: parts.now(),
    lastUsedAt: null,
    spent: [],
    counter: factor.counter ?? 0,
    name: null,
    misses: 0,
    rank: Math.min(parts.factors.get(type)?.strength ?? 0, vouched),
  };
};

/** Adds a factor to the draft; what it replaces is gone in the same commit. */
export const addFactor = async (
  draft: Draft,
  { type, source }: Pick<FactorRow, 'type' | 'source'>,
  factor: NewFactor,
): Promise<FactorRow> => {
  const vouched = await vouchedFor(draft);
  const row = await factorRow(draft.parts, { userId: userIdOf(draft), type, source, vouched }, factor);
  const isTwin = (held: FactorRow): boolean => isLocked(held) && held.type === type && held.index === row.index;
  const locked = row.index === null ? [] : (await heldRows(draft)).filter(isTwin).map(({ id }) => id);
  for (const replaced of [...(factor.replaces ?? []), ...locked])
    draft.writes.push({ type: 'remove-factor', id: replaced });
  draft.added.push(row);
  draft.writes.push({ type: 'add-factor', factor: row });
  return row;
};

/** Keeps other data of a held factor from the commit of the draft on. */
export const keepData = async (draft: Draft, id: string, data: FactorData): Promise<void> => {
  const { parts, writes } = draft;
  const sealed = await sealData(parts, data, { id, userId: userIdOf(draft) });
  writes.push({ type: 'reseal-factor', id, sealed, keyId: parts.vault.keyId });
};
