import type { Parts } from '../parts.ts';
import type { EventQuery } from '../store/record.ts';
import { toldEvent } from './record.ts';
import type { EventPage } from './types.ts';

/** A page of what happened, oldest first; shorter than asked for where there is no more for now. */
export const listEvents = async ({ store }: Parts, query: EventQuery): Promise<EventPage> => {
  const events = (await store.events.list(query)).map(toldEvent);
  return { events, next: events.at(-1)?.id ?? query.after };
};
