import type { SettingsStore } from '../store.ts';
import { columns, readSettings } from './columns.ts';
import { addEvents } from './events.ts';
import type { Database } from './schema.ts';

const id = 1;

/** The settings row; each write raises its version. */
export const settings = (db: Database): SettingsStore => ({
  async read() {
    const row = await db.selectFrom('settings').select('value').where('id', '=', id).executeTakeFirst();
    return row ? readSettings(row).value : null;
  },
  async write(written, recorded = []) {
    const value = columns.settings.write(written);
    await db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('settings')
        .values({ id, value, version: 1 })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((eb) => ({ value, version: eb('settings.version', '+', 1) })),
        )
        .execute();
      await addEvents(transaction, recorded);
    });
  },
});
