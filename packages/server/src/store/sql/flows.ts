import type { FlowRow } from '../rows.ts';
import type { Committed, FlowStore } from '../store.ts';
import { columns, readFlow } from './columns.ts';
import { addEvents } from './events.ts';
import { done, ifChanged, type WriteOf } from './outcome.ts';
import type { Database, Tables } from './schema.ts';

const selected = [
  'id',
  'token_hash as tokenHash',
  'key_id as keyId',
  'browser_hash as browserHash',
  'kind',
  'user_id as userId',
  'host',
  'factor',
  'replaces',
  'session_id as sessionId',
  'purpose',
  'device_hash as deviceHash',
  'device_id as deviceId',
  'first_factor as firstFactor',
  'identifier',
  'origin',
  'locale',
  'position',
  'proved',
  'skipped',
  'barred',
  'last_action as lastAction',
  'created_at as createdAt',
  'idle_at as idleAt',
  'version',
] as const;

const orNull = <Value>(value: Value | null, write: (value: Value) => string): string | null =>
  value === null ? null : write(value);

/** All columns but the key, which never changes. */
const valuesOf = (flow: FlowRow): Omit<Tables['flows'], 'id'> => ({
  token_hash: flow.tokenHash,
  key_id: flow.keyId,
  browser_hash: flow.browserHash,
  kind: flow.kind,
  user_id: flow.userId,
  host: orNull(flow.host, columns.host.write),
  factor: flow.factor,
  replaces: flow.replaces,
  session_id: flow.sessionId,
  purpose: orNull(flow.purpose, columns.purpose.write),
  device_hash: flow.deviceHash,
  device_id: flow.deviceId,
  first_factor: orNull(flow.firstFactor, columns.firstFactor.write),
  identifier: orNull(flow.identifier, columns.identifier.write),
  origin: flow.origin,
  locale: flow.locale,
  position: columns.position.write(flow.position),
  proved: columns.proved.write(flow.proved),
  skipped: columns.skipped.write(flow.skipped),
  barred: columns.barred.write(flow.barred),
  last_action: flow.lastAction,
  created_at: flow.createdAt,
  idle_at: flow.idleAt,
  version: flow.version,
});

/** Flows but for `commit`, which changes the other parts too. */
export const flows = (db: Database): Omit<FlowStore, 'commit'> => ({
  async insert(flow, recorded = []) {
    const add = async (database: Database): Promise<void> => {
      await database
        .insertInto('flows')
        .values({ id: flow.id, ...valuesOf(flow) })
        .execute();
      await addEvents(database, recorded);
    };
    await db.transaction().execute(add);
  },
  async findByToken(tokenHash) {
    const row = await db.selectFrom('flows').select(selected).where('token_hash', '=', tokenHash).executeTakeFirst();
    return row ? readFlow(row) : null;
  },
});

/** Replaces the flow if it still has the version before. */
export const moveFlow = async (db: Database, flow: FlowRow): Promise<Committed> => {
  const { numUpdatedRows } = await db
    .updateTable('flows')
    .set(valuesOf(flow))
    .where('id', '=', flow.id)
    .where('version', '=', flow.version - 1)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'flow');
};

const ended = columns.position.write({ name: 'ended' });

/** Ends another flow. */
export const endFlow = async (db: Database, { id, version }: WriteOf<'end-flow'>): Promise<Committed> => {
  const { numUpdatedRows } = await db
    .updateTable('flows')
    .set({ position: ended, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'flow');
};

export const endFlows = async (db: Database, { userId, except }: WriteOf<'end-flows'>): Promise<Committed> => {
  const own = db
    .updateTable('flows')
    .set(({ eb }) => ({ position: ended, version: eb('version', '+', 1) }))
    .where('user_id', '=', userId);
  await (except === null ? own : own.where('id', '!=', except)).execute();
  return done;
};
