import { CountersignError } from '@countersign/core/errors';
import { addressesOfUser } from '../flow/primary/identifiers.ts';
import { factorIndex, isUsableIn } from '../flow/factors/held.ts';
import { policyFor } from '../flow/policy.ts';
import type { Parts } from '../parts.ts';
import type { FactorRow } from '../store/rows.ts';
import type { Write } from '../store/store.ts';
import { commitChange, type Owner } from './change.ts';

/** A user's factor of this id, and all that the user holds. */
interface Own {
  row: FactorRow;
  held: readonly FactorRow[];
}

/** The user's factor of this id; `account.not_found` for one of somebody else as for one that there is not. */
export const findOwn = async (parts: Parts, userId: string, id: string): Promise<Own> => {
  const held = await parts.store.factors.list(userId);
  const row = held.find((one) => one.id === id);
  if (!row) throw new CountersignError('account.not_found');
  return { row, held };
};

/** Names a factor; null takes the name away. */
export const renameFactor = async (parts: Parts, owner: Owner, { id, name }: { id: string; name: string | null }) => {
  await findOwn(parts, owner.session.userId, id);
  const writes: Write[] = [{ type: 'rename-factor', id, name }];
  await commitChange(parts, owner, { action: 'rename-factor', target: id, writes, told: null });
};

/** Makes a factor the one that its owner is asked for first. */
export const setDefaultFactor = async (parts: Parts, owner: Owner, id: string): Promise<void> => {
  const { userId } = owner.session;
  await findOwn(parts, userId, id);
  const writes: Write[] = [{ type: 'set-default', userId, factorId: id }];
  await commitChange(parts, owner, { action: 'set-default', target: id, writes, told: null });
};

const primaryTypes = async (parts: Parts): Promise<string[]> =>
  (await parts.settings.read()).factors.filter((type) => parts.factors.get(type)?.contract.role === 'primary');

/** Without a primary factor there is nothing to fall back from: 2-step verification is off, and its codes go too. */
const turnOff = (userId: string, left: readonly FactorRow[]): Write[] => [
  { type: 'turn-off', userId },
  { type: 'skip', userId, mark: 'turn-on' },
  ...left.map(({ id }): Write => ({ type: 'remove-factor', id })),
];

/** What else must be so, or becomes so, when its owner removes a factor. */
const consequences = async (parts: Parts, { row: removed, held }: Own): Promise<Write[]> => {
  const { userId } = removed;
  const types = await primaryTypes(parts);
  if (!types.includes(removed.type)) return [];
  const policy = await policyFor(parts, await parts.settings.read(), userId);
  if (policy.mode === 'mandatory') return [{ type: 'keep-one', userId, types }];
  const left = held.filter(({ id }) => id !== removed.id);
  const usable = await Promise.all(left.map((row) => isUsableIn(parts, types, row)));
  return usable.some(Boolean)
    ? []
    : turnOff(
        userId,
        left.filter(({ type }) => !types.includes(type)),
      );
};

/** Whether the factor is an address that the user has proved, which would be a factor again at the next sign-in. */
export const isOfIdentifier = async (parts: Parts, { userId, type, index }: FactorRow): Promise<boolean> => {
  const proved = await addressesOfUser(parts, userId);
  const factors = proved.map((identifier) => parts.factors.get(type)?.fromIdentifier(identifier)?.index ?? null);
  const indexes = await Promise.all(factors.map((one) => (one === null ? null : factorIndex(parts, type, one))));
  return index !== null && indexes.includes(index);
};

/** The removal of a factor, whoever asks for it: it does not come back by itself. */
export const removalOf = async (parts: Parts, row: FactorRow): Promise<Write[]> => {
  const { id, userId } = row;
  const removal: Write = { type: 'remove-factor', id };
  return (await isOfIdentifier(parts, row)) ? [removal, { type: 'skip', userId, mark: 'bind-proved' }] : [removal];
};

/**
 * Removes a factor. Throws `account.last_factor` where a mandatory policy would leave its owner with none; under an
 * optional one the removal of the last turns 2-step verification off.
 */
export const removeFactor = async (parts: Parts, owner: Owner, id: string): Promise<void> => {
  const own = await findOwn(parts, owner.session.userId, id);
  const writes = [...(await removalOf(parts, own.row)), ...(await consequences(parts, own))];
  const told = { type: 'factor-removed', held: own.held } as const;
  await commitChange(parts, owner, { action: 'remove-factor', target: id, writes, told });
};
