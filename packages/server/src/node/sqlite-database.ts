interface Statement {
  /** None where the statement gives no rows. */
  columns(): readonly unknown[];
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...parameters: unknown[]): IterableIterator<unknown>;
}

/** The part of `DatabaseSync` that is used; Node's own and the prebuilt one have the same. */
export interface SqliteConnection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Library {
  DatabaseSync: new (path: string) => SqliteConnection;
}

/** `columns()` came later than the module did: in Node 22.16 and 23.11. */
const isComplete = (module: unknown): module is Library =>
  typeof module === 'object' &&
  module !== null &&
  'DatabaseSync' in module &&
  'StatementSync' in module &&
  typeof module.StatementSync === 'function' &&
  'columns' in module.StatementSync.prototype;

const findLibrary = async (): Promise<Library> => {
  const own: unknown = process.getBuiltinModule('node:sqlite');
  return isComplete(own) ? own : import('@photostructure/sqlite');
};

/**
 * WAL lets others read while one writes. FULL waits for the disk at each commit: with less, a power cut takes back tries
 * that were counted and codes that were used. The time-out comes first, since setting the journal mode may wait, too.
 */
const pragmas = ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'];

/** Opens a database file, or makes it; with Node's own SQLite where there is one, else the prebuilt library. */
export const openSqlite = async (path: string): Promise<SqliteConnection> => {
  const { DatabaseSync } = await findLibrary();
  const connection = new DatabaseSync(path);
  try {
    for (const pragma of pragmas) connection.exec(`pragma ${pragma}`);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
};
