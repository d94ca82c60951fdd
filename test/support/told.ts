import assert from 'node:assert/strict';
import type { AuditEvent } from '@countersign/server';
import type { Administered } from './administered.ts';

/** The events that fit a query, as an administrator gets them. */
export const eventsWhere = async ({ call }: Pick<Administered, 'call'>, query = ''): Promise<AuditEvent[]> => {
  const { status, body } = await call(`GET /events?limit=200${query}`);
  assert.equal(status, 200);
  return body['events'] as AuditEvent[];
};

/** What matters of each: type, factor, target and reason. */
export const story = (events: readonly AuditEvent[]): string[] =>
  events.map(({ type, factor, target, reason }) =>
    [type, factor, target, reason].filter((part) => part !== null).join(' | '),
  );
