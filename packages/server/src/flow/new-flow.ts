import { randomId } from '../crypto/random.ts';
import type { Parts } from '../parts.ts';
import { announce, eventsOf } from '../events/record.ts';
import { aboutUser } from '../events/happening.ts';
import type { FlowRow } from '../store/rows.ts';
import { claimLife } from './find.ts';

/** What a flow that begins has nothing of yet. */
const nothing = {
  browserHash: null,
  userId: null,
  host: null,
  factor: null,
  replaces: null,
  sessionId: null,
  purpose: null,
  deviceHash: null,
  deviceId: null,
  firstFactor: null,
  identifier: null,
  origin: null,
  locale: '',
  position: { name: 'begun' },
  proved: [],
  skipped: [],
  barred: [],
  lastAction: null,
  version: 1,
} as const satisfies Partial<FlowRow>;

/** A flow that begins now, with what is known of it already. */
export const newFlow = (parts: Parts, known: Pick<FlowRow, 'kind' | 'tokenHash'> & Partial<FlowRow>): FlowRow => {
  const now = parts.now();
  const id = randomId(parts.random, 'flw');
  const { keyId } = parts.vault;
  return { ...nothing, id, keyId, createdAt: now, idleAt: now + claimLife, ...known };
};

/** Keeps a new flow, with the record of its beginning. */
export const insertFlow = async (parts: Parts, flow: FlowRow): Promise<void> => {
  const { kind, userId, id: flowId } = flow;
  const happened = [{ type: 'flow-begun', flowId, reason: kind } as const];
  const events = await eventsOf(parts, { writes: [], happened }, aboutUser(userId));
  await parts.store.flows.insert(flow, events);
  announce(parts, events);
};
