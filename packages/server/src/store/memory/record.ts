import type { EventStore, OutboxStore, Over, SweepStore } from '../record.ts';
import type { Tables } from './tables.ts';

/** Messages on their way out. */
export const outbox = (tables: Tables): OutboxStore => ({
  async lease(at, until) {
    const due = [...tables.outbox.values()].filter(({ leasedUntil }) => leasedUntil <= at);
    const [oldest] = due.toSorted((a, b) => a.createdAt - b.createdAt);
    if (!oldest) return null;
    const leased = { ...oldest, leasedUntil: until, attempts: oldest.attempts + 1 };
    tables.outbox.set(leased.id, leased);
    return { ...leased };
  },
});

/** What happened. */
export const events = (tables: Tables): EventStore => ({
  async list({ userId, type, after, limit }) {
    const fits = tables.events.filter(
      (row) =>
        (userId === null || row.userId === userId) &&
        (type === null || row.type === type) &&
        (after === null || row.id > after),
    );
    return structuredClone(fits.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit));
  },
});

const dropFrom = <Row>(rows: Map<string, Row>, isOver: (row: Row) => boolean, limit: number): number => {
  const over = [...rows].filter(([, row]) => isOver(row)).slice(0, limit);
  for (const [key] of over) rows.delete(key);
  return over.length;
};

const dropTallies = ({ tallies }: Tables, { summed }: Over): number => {
  let dropped = 0;
  for (const [key, windows] of tallies) {
    for (const start of windows.keys()) if (start <= summed && windows.delete(start)) dropped += 1;
    if (windows.size === 0) tallies.delete(key);
  }
  return dropped;
};

const dropSlots = ({ slots }: Tables, { before }: Over): number => {
  let dropped = 0;
  for (const [key, taken] of slots) {
    const left = taken.filter((at) => at > before);
    dropped += taken.length - left.length;
    if (left.length === 0) slots.delete(key);
    else slots.set(key, left);
  }
  return dropped;
};

/** Splits a list into what stays and a count of at most `limit` that goes. */
const keep = <Row>(rows: readonly Row[], isOver: (row: Row) => boolean, limit: number): [Row[], number] => {
  const over = new Set(rows.filter(isOver).slice(0, limit));
  return [rows.filter((row) => !over.has(row)), over.size];
};

/** Rows that are over. */
export const sweep = (tables: Tables): SweepStore => ({
  async drop(over, limit) {
    const { before, expired, unrecorded, forgotten } = over;
    const [keptEvents, goneEvents] = keep(tables.events, ({ at }) => at <= unrecorded, limit);
    const [keptPasses, gonePasses] = keep(tables.passes, ({ expiresAt }) => expiresAt <= unrecorded, limit);
    tables.events = keptEvents;
    tables.passes = keptPasses;
    return (
      dropSlots(tables, over) +
      dropTallies(tables, over) +
      dropFrom(tables.flows, ({ createdAt }) => createdAt <= before, limit) +
      dropFrom(tables.challenges, ({ sentAt }) => sentAt <= before, limit) +
      dropFrom(tables.redeemed, (expiresAt) => expiresAt <= before, limit) +
      dropFrom(tables.sessions, ({ expiresAt }) => expiresAt <= expired, limit) +
      dropFrom(tables.devices, ({ expiresAt }) => expiresAt <= expired, limit) +
      dropFrom(tables.failures, ({ at }) => at <= forgotten, limit) +
      dropFrom(tables.browsers, ({ at }) => at <= forgotten, limit) +
      goneEvents +
      gonePasses
    );
  },
});
