import type { Settings } from '../settings/schema.ts';
import type { Write } from '../store/store.ts';
import type { Sending } from './sending.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * What a message takes up of what its number, and its user, may get. Strangers have a bucket of their own, so that they
 * never use up the messages of somebody's factor, and the owner has another one, so that strangers don't use up that.
 */
export const numberSlots = ({ sends, codes }: Settings, { by, index: to, userId, at }: Sending): Write[] => {
  const slot = (key: string, max: number, window: number): Write => ({ type: 'take-slot', key, max, window, at });
  const wait = (codes.waitSeconds[0] ?? 0) * 1000;
  switch (by) {
    case 'stranger':
      return [slot(`unproved-wait:${to}`, 1, wait), slot(`unproved-day:${to}`, sends.perAddressDayUnproved, day)];
    case 'known':
      return [slot(`known-wait:${to}`, 1, wait), slot(`known-day:${to}`, sends.perNumberDay, day)];
    default:
      return [
        slot(`number-10m:${to}`, sends.perNumberTenMinutes, 10 * minute),
        slot(`number-day:${to}`, sends.perNumberDay, day),
        ...(userId === null ? [] : [slot(`user-day:${userId}`, sends.perUserDay, day)]),
      ];
  }
};
