import type { Parts } from './parts.ts';

const day = 24 * 3600_000;

/** Rows of a kind that go at once. */
const batch = 500;

/** See `Backend.sweep`. */
export const sweep = async ({ store, settings, now }: Parts): Promise<number> => {
  const { events } = await settings.read();
  const at = now();
  const over = { before: at - day, expired: at, unrecorded: at - events.days * day };
  let dropped = 0;
  for (let gone = await store.sweep.drop(over, batch); gone > 0; gone = await store.sweep.drop(over, batch)) {
    dropped += gone;
  }
  return dropped;
};
