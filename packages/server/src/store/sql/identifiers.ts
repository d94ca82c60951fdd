import type { IdentifierRow } from '../rows.ts';
import type { Committed } from '../store.ts';
import { readIdentifier } from './columns.ts';
import { ifChanged, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** A user's addresses, oldest first. */
export const identifiersOf = async (db: Database, userId: string): Promise<IdentifierRow[]> => {
  const rows = await db
    .selectFrom('identifiers')
    .select([
      'user_id as userId',
      'type',
      'sealed',
      'blind_index as index',
      'key_id as keyId',
      'verified_at as verifiedAt',
      'created_at as createdAt',
    ])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
  return rows.map(readIdentifier);
};

/** The primary key refuses an address that somebody has; one that nobody proved gives way to one that somebody did. */
export const addIdentifier = async (db: Database, { identifier }: WriteOf<'add-identifier'>): Promise<Committed> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identifiers')
    .values({
      user_id: identifier.userId,
      type: identifier.type,
      sealed: identifier.sealed,
      blind_index: identifier.index,
      key_id: identifier.keyId,
      verified_at: identifier.verifiedAt,
      created_at: identifier.createdAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['type', 'blind_index'])
        .doUpdateSet(({ ref }) => ({
          user_id: ref('excluded.user_id'),
          sealed: ref('excluded.sealed'),
          key_id: ref('excluded.key_id'),
          verified_at: ref('excluded.verified_at'),
          created_at: ref('excluded.created_at'),
        }))
        .where('identifiers.verified_at', 'is', null)
        .where('excluded.verified_at', 'is not', null),
    )
    .executeTakeFirst();
  return ifChanged(numInsertedOrUpdatedRows, 'identifier');
};
