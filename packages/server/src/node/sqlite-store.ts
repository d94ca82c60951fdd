import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { migrate } from '../store/sql/migrate.ts';
import type { Tables } from '../store/sql/schema.ts';
import { sqlStore } from '../store/sql/sql-store.ts';
import type { Store } from '../store/store.ts';
import { openSqlite } from './sqlite-database.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** Options of {@link sqliteStore}. */
export interface SqliteStoreOptions {
  /** The database file, made with its folder where it is new; `:memory:` keeps nothing. */
  path: string;
}

/** A store that holds a file open. */
export interface SqliteStore extends Store {
  /** Nothing may be asked of the store from then on. */
  close(): Promise<void>;
}

/** SQLite makes the files beside this one (`-wal`, `-shm`) with the same permissions. */
const makeFile = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  await file.close();
};

/**
 * Keeps everything in one file that only its owner can read. Several processes may have it open, each once: two stores
 * of one process on the same file would wait for each other in one thread. Throws `ConfigurationError` where a newer
 * version wrote the file.
 */
export const sqliteStore = async ({ path }: SqliteStoreOptions): Promise<SqliteStore> => {
  if (path !== ':memory:') await makeFile(path);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(await openSqlite(path)) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { ...sqlStore(db), close: () => db.destroy() };
};
