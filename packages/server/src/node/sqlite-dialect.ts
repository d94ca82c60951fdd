import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import type { SqliteConnection } from './sqlite-database.ts';

/**
 * Takes the write lock with BEGIN. After a plain one, a transaction that has read before it writes fails at once when
 * another process wrote in between; no time-out helps it.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

const prepare = (connection: SqliteConnection, sql: string): SqliteStatement => {
  const statement = connection.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters),
    run: (parameters) => statement.run(...parameters),
    iterate: (parameters) => statement.iterate(...parameters),
  };
};

/** Statements are prepared once: their texts are the program's own, so there are only so many. */
const withKeptStatements = (connection: SqliteConnection): SqliteDatabase => {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? prepare(connection, sql);
      kept.set(sql, statement);
      return statement;
    },
    close() {
      kept.clear();
      connection.close();
    },
  };
};

/** Kysely over one connection to SQLite, which it closes when it is destroyed. */
export const sqliteDialect = (connection: SqliteConnection): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new ImmediateDriver({ database: withKeptStatements(connection) }),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
