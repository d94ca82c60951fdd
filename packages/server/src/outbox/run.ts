import type { Parts } from '../parts.ts';
import type { OutboxRow } from '../store/record.ts';
import { deliverFound, maxAttempts } from './deliver.ts';
import { leaseLife, openPosted } from './message.ts';

const take = ({ store, now }: Parts, life: number): Promise<OutboxRow | null> =>
  store.outbox.lease(now(), now() + life);

const giveUp = ({ store }: Parts, { id }: OutboxRow) => store.changes.commit([{ type: 'drop-message', id }]);

/** One that can't be opened, say, must not hold up the others. */
const deliverOne = async (parts: Parts, row: OutboxRow): Promise<boolean> => {
  try {
    if (row.attempts > maxAttempts) throw new Error(`a message was tried ${maxAttempts} times and is given up`);
    return (await deliverFound(parts, await openPosted(parts, row))).delivery !== 'dropped';
  } catch (error) {
    parts.report(error);
    if (row.attempts >= maxAttempts) await giveUp(parts, row);
    return false;
  }
};

/**
 * Hands over every message whose sender's time is up: it died between the commit and the note of what became of the
 * message. Whether the provider had taken it then nobody knows, so that it may get it twice, with the same idempotency
 * key. Gives how many were handed over.
 */
export const runOutbox = async (parts: Parts): Promise<number> => {
  let handed = 0;
  const life = leaseLife(parts);
  for (let row = await take(parts, life); row !== null; row = await take(parts, life)) {
    if (await deliverOne(parts, row)) handed += 1;
  }
  return handed;
};
