import type { Committed, TallyStore, Write } from '../store.ts';
import { tallyLife, windowStart } from '../tally.ts';
import type { Tables } from './tables.ts';

type Tally = Extract<Write, { type: 'tally' }>;

const sumOf = ({ tallies }: Tables, write: Tally): number => tallies.get(write.key)?.get(windowStart(write)) ?? 0;

/** Whether the window has room for what is to be added. */
export const tallyState = (tables: Tables, write: Tally): Committed =>
  sumOf(tables, write) + write.add <= write.max
    ? { done: true }
    : { done: false, lost: 'slot', retryAt: windowStart(write) + write.window };

/** Adds to the window; those that are long over go. */
export const addToTally = (tables: Tables, write: Tally): void => {
  const start = windowStart(write);
  const kept = [...(tables.tallies.get(write.key) ?? [])].filter(([begin]) => begin > start - tallyLife);
  tables.tallies.set(write.key, new Map([...kept, [start, sumOf(tables, write) + write.add]]));
};

/** What was added up, window by window. */
export const tallies = (tables: Tables): TallyStore => ({
  async sums(spans) {
    return spans.map(({ key, from, to }) =>
      [...(tables.tallies.get(key) ?? [])]
        .filter(([begin]) => begin >= from && begin < to)
        .reduce((sum, [, added]) => sum + added, 0),
    );
  },
});
