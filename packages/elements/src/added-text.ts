import { msg, str } from './localize.ts';

/** What tells factors without an address apart: the day, as ISO 8601 in UTC, on which each was added. */
export const addedText = (target: string): string => {
  const day = new Date(target).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
  return msg(str`added ${day}`);
};
