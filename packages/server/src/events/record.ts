import { openFactor } from '../flow/factors/held.ts';
import type { Parts } from '../parts.ts';
import type { EventRow } from '../store/record.ts';
import type { FactorRow } from '../store/rows.ts';
import type { Committed, Write } from '../store/store.ts';
import { oneLine, redactText } from './redact.ts';
import type { About, Happening } from './happening.ts';
import { happeningsOf } from './of-writes.ts';
import type { AuditEvent } from './types.ts';

/** What is recorded of one commit. */
interface Recorded {
  writes: readonly Write[];
  happened: readonly Happening[];
  ended?: readonly Happening[];
}

const factorOf = async (
  parts: Parts,
  { factorId, factor, target }: Happening,
  held: readonly FactorRow[],
): Promise<Pick<EventRow, 'factor' | 'target'>> => {
  const row = held.find(({ id }) => id === factorId);
  if (!row) return { factor: factor ?? null, target: target ?? null };
  return { factor: row.type, target: parts.factors.get(row.type)?.target(await openFactor(parts, row)) ?? null };
};

const rowOf = async (parts: Parts, happening: Happening, about: About): Promise<EventRow> => {
  const { type, userId = about.userId, flowId = about.flowId, reason } = happening;
  // Before anything is waited for, so that ids are in the order of what happened.
  const id = parts.newEventId();
  const { factor, target } = await factorOf(parts, happening, about.held);
  return {
    id,
    at: parts.now(),
    type,
    userId,
    flowId,
    ...parts.cause,
    factor,
    target: target === null ? null : oneLine(target),
    reason: reason === undefined ? null : redactText(reason),
  };
};

/** The events of a commit: what its writes say for themselves, after what led to them and before how it `ended`. */
export const eventsOf = async (
  parts: Parts,
  { writes, happened, ended = [] }: Recorded,
  about: About,
): Promise<EventRow[]> => {
  const added = writes.flatMap((write) => (write.type === 'add-factor' ? [write.factor] : []));
  const all = [...happened, ...(await happeningsOf(parts, writes, about)), ...ended];
  const known = { ...about, held: [...about.held, ...added] };
  return Promise.all(all.map((happening) => rowOf(parts, happening, known)));
};

/** An event as it is told. */
export const toldEvent = ({ at, ...row }: EventRow): AuditEvent => ({ ...row, at: new Date(at).toISOString() });

/** Tells the hook of what was committed; a hook that fails is reported, and holds nothing up. */
export const announce = (parts: Parts, events: readonly EventRow[]): void => {
  const { onEvent } = parts;
  if (!onEvent) return;
  const tell = async (event: EventRow): Promise<unknown> => onEvent(toldEvent(event));
  for (const event of events) tell(event).catch(parts.report);
};

/** Commits a change outside flows, with what is recorded of it. */
export const commitRecorded = async (
  parts: Parts,
  change: { writes: readonly Write[]; happened?: readonly Happening[] },
  about: About,
): Promise<Committed> => {
  const { writes, happened = [] } = change;
  const events = await eventsOf(parts, { writes, happened }, about);
  const committed = await parts.store.changes.commit([...writes, { type: 'record', events }]);
  if (committed.done) announce(parts, events);
  return committed;
};

/** The same for a change that has no condition which can be lost, or for no change at all. */
export const record = async (
  parts: Parts,
  change: { writes?: readonly Write[]; happened?: readonly Happening[] },
  about: About,
): Promise<void> => {
  const committed = await commitRecorded(parts, { writes: [], ...change }, about);
  if (!committed.done) throw new Error(`a change without a condition lost ${committed.lost}`);
};
