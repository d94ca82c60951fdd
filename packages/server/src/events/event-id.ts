import { type Random, randomId } from '../crypto/random.ts';

const inBase36 = (value: number, length: number): string => value.toString(36).padStart(length, '0');

/** Makes ids that sort by time, and those of one process in the order in which they were made. */
export const eventIds = (now: () => number, random: Random): (() => string) => {
  let last = 0;
  let place = 0;
  return () => {
    const at = Math.max(now(), last);
    place = at === last ? place + 1 : 0;
    last = at;
    return randomId(random, `evt_${inBase36(at, 9)}${inBase36(place, 4)}`);
  };
};
