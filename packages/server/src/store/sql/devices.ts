import type { Committed, DeviceStore } from '../store.ts';
import { readDevice } from './columns.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

const select = (db: Database) =>
  db
    .selectFrom('devices')
    .select([
      'id',
      'token_hash as tokenHash',
      'user_id as userId',
      'label',
      'created_at as createdAt',
      'expires_at as expiresAt',
    ]);

/** Browsers that are trusted for a while. */
export const devices = (db: Database): DeviceStore => ({
  async find(tokenHash) {
    const row = await select(db).where('token_hash', '=', tokenHash).executeTakeFirst();
    return row ? readDevice(row) : null;
  },
  async list(userId) {
    const rows = await select(db).where('user_id', '=', userId).orderBy('created_at').orderBy('id').execute();
    return rows.map(readDevice);
  },
});

export const addDevice = async (db: Database, { device }: WriteOf<'add-device'>): Promise<Committed> => {
  await db
    .insertInto('devices')
    .values({
      id: device.id,
      token_hash: device.tokenHash,
      user_id: device.userId,
      label: device.label,
      created_at: device.createdAt,
      expires_at: device.expiresAt,
    })
    .execute();
  return done;
};

export const forgetDevices = async (db: Database, { userId, id }: WriteOf<'forget-devices'>): Promise<Committed> => {
  const own = db.deleteFrom('devices').where('user_id', '=', userId);
  await (id === null ? own : own.where('id', '=', id)).execute();
  return done;
};
