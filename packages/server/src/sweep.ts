import type { Parts } from './parts.ts';
import { tallyLife } from './store/tally.ts';

const day = 24 * 3600_000;

/**
 * As long as a browser keeps the cookie by which it is known. Whoever is quiet for so long and then guesses anew gets
 * less than the one guess a day that the longest wait leaves; guesses that count against a factor stay with it.
 */
const memory = 400 * day;

/** Rows of a kind that go at once. */
const batch = 500;

/** Lets whoever waits be answered: a database in the process gives no turn by itself. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** See `Backend.sweep`. */
export const sweep = async ({ store, settings, now }: Parts): Promise<number> => {
  const { events } = await settings.read();
  const at = now();
  const over = {
    before: at - day,
    expired: at,
    unrecorded: at - events.days * day,
    summed: at - tallyLife,
    forgotten: at - memory,
  };
  let dropped = 0;
  for (let gone = await store.sweep.drop(over, batch); gone > 0; gone = await store.sweep.drop(over, batch)) {
    dropped += gone;
    await turn();
  }
  return dropped;
};
