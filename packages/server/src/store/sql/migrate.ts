import { ConfigurationError } from '@countersign/core/errors';
import { sql } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

const appliedCount = async (db: Database): Promise<number> => {
  await sql`create table if not exists migrations (number integer primary key)`.execute(db);
  const row = await db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst();
  return row?.number ?? 0;
};

/**
 * Applies the migrations that a database still lacks, all or none; does nothing where it is up to date. Throws
 * {@link ConfigurationError} where a newer version has been at it, since what that one wrote may not be understood.
 */
export const migrate = (db: Database): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const applied = await appliedCount(transaction);
    if (applied > migrations.length) {
      throw new ConfigurationError(
        `store: the database has migration ${applied} of a newer version, and this one knows ${migrations.length}; start the newer version`,
      );
    }
    for (const [index, statements] of migrations.entries()) {
      if (index < applied) continue;
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await transaction
        .insertInto('migrations')
        .values({ number: index + 1 })
        .execute();
    }
  });
