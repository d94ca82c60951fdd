import type { FlowRow } from '../rows.ts';
import type { Committed, Write } from '../store.ts';
import { findUnused, type Tables } from './tables.ts';

const done: Committed = { done: true };

const slotState = (tables: Tables, write: Extract<Write, { type: 'take-slot' }>): Committed => {
  const taken = (tables.slots.get(write.key) ?? []).filter((at) => at > write.at - write.window);
  const [oldest = write.at] = taken.slice(-write.max);
  return taken.length < write.max ? done : { done: false, lost: 'slot', retryAt: oldest + write.window };
};

const check = (tables: Tables, write: Write): Committed => {
  switch (write.type) {
    case 'save-challenge': {
      const current = findUnused(tables, write.challenge.scope);
      const holds =
        (current?.generation ?? null) === write.expected &&
        (current === undefined || current.id === write.challenge.id);
      return holds ? done : { done: false, lost: 'challenge' };
    }
    case 'use-challenge':
      return tables.challenges.get(write.id)?.usedAt === null ? done : { done: false, lost: 'challenge' };
    case 'take-slot':
      return slotState(tables, write);
    case 'end-flow':
      return tables.flows.get(write.id)?.version === write.version ? done : { done: false, lost: 'flow' };
    default:
      return done;
  }
};

const apply = (tables: Tables, write: Write): void => {
  switch (write.type) {
    case 'save-challenge':
      tables.challenges.set(write.challenge.id, structuredClone(write.challenge));
      return;
    case 'use-challenge': {
      const row = tables.challenges.get(write.id);
      if (row) row.usedAt = write.at;
      return;
    }
    case 'take-slot': {
      const recent = (tables.slots.get(write.key) ?? []).filter((at) => at > write.at - write.window);
      tables.slots.set(write.key, [...recent, write.at]);
      return;
    }
    case 'add-factor':
      tables.factors.set(write.factor.id, structuredClone(write.factor));
      return;
    case 'use-factor': {
      const row = tables.factors.get(write.id);
      if (row) row.lastUsedAt = write.at;
      return;
    }
    case 'turn-on': {
      const row = tables.users.get(write.userId);
      if (row) row.mfaEnabled = true;
      return;
    }
    case 'end-flow': {
      const row = tables.flows.get(write.id);
      if (row) tables.flows.set(write.id, { ...row, position: { name: 'ended' }, version: row.version + 1 });
      return;
    }
  }
};

/** Checks every condition before it changes anything; nothing is awaited, so nothing can come between. */
export const commit = (tables: Tables, flow: FlowRow, writes: readonly Write[]): Committed => {
  if (tables.flows.get(flow.id)?.version !== flow.version - 1) return { done: false, lost: 'flow' };
  const lost = writes.map((write) => check(tables, write)).find((result) => !result.done);
  if (lost) return lost;
  for (const write of writes) apply(tables, write);
  tables.flows.set(flow.id, structuredClone(flow));
  return done;
};
