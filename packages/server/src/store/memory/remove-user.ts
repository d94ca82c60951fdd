import type { Write } from '../store.ts';
import { drop, type Tables } from './tables.ts';

/** Takes a user away with all that is theirs. */
export const removeUser = (tables: Tables, { userId }: Extract<Write, { type: 'remove-user' }>): void => {
  const isOwn = (row: { userId: string | null }): boolean => row.userId === userId;
  const flows = new Set([...tables.flows.values()].filter(isOwn).map(({ id }) => id));
  drop(tables.challenges, ({ subject }) => subject === userId || flows.has(subject));
  drop(tables.flows, isOwn);
  tables.misses = tables.misses.filter(({ factorId }) => tables.factors.get(factorId)?.userId !== userId);
  drop(tables.factors, isOwn);
  tables.identifiers = tables.identifiers.filter((row) => !isOwn(row));
  tables.passes = tables.passes.filter((row) => !isOwn(row));
  for (const rows of [tables.sessions, tables.devices, tables.browsers]) drop<{ userId: string }>(rows, isOwn);
  tables.users.delete(userId);
};
