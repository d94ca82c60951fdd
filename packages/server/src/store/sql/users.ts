import type { UserRow } from '../rows.ts';
import type { Committed, UserStore } from '../store.ts';
import { readUser } from './columns.ts';
import { identifiersOf } from './identifiers.ts';
import { done, ifChanged, type WriteOf } from './outcome.ts';
import type { Database, Tables } from './schema.ts';

/** Users with what they declined: a row for each mark, or one without any. */
const selectUser = (db: Database) =>
  db
    .selectFrom('users as u')
    .leftJoin('skips as s', 's.user_id', 'u.id')
    .select([
      'u.id',
      'u.password_hash as passwordHash',
      'u.mfa_enabled as mfaEnabled',
      'u.default_factor as defaultFactor',
      'u.created_at as createdAt',
      's.mark',
    ]);

const gather = (rows: readonly { mark: string | null }[]): UserRow | null => {
  const [first] = rows;
  return first ? readUser({ ...first, skipped: rows.flatMap(({ mark }) => mark ?? []) }) : null;
};

const find = async (db: Database, id: string): Promise<UserRow | null> =>
  gather(await selectUser(db).where('u.id', '=', id).execute());

/** Makes a user that was not found; of two callers at the same moment the second finds what the first one made. */
const make = async (db: Database, id: string, now: number): Promise<UserRow> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('users')
    .values({ id, password_hash: null, mfa_enabled: 0, default_factor: null, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n)
    return { id, passwordHash: null, mfaEnabled: false, skipped: [], defaultFactor: null, createdAt: now };
  return (await find(db, id)) ?? make(db, id, now);
};

/** Users, and the addresses that name them. */
export const users = (db: Database): UserStore => ({
  find: (id) => find(db, id),
  async ensure(id, now) {
    return (await find(db, id)) ?? make(db, id, now);
  },
  async findByIdentifier(type, index) {
    const rows = await selectUser(db)
      .innerJoin('identifiers as i', 'i.user_id', 'u.id')
      .where('i.type', '=', type)
      .where('i.blind_index', '=', index)
      .execute();
    return gather(rows);
  },
  identifiers: (userId) => identifiersOf(db, userId),
});

export const addUser = async (db: Database, { user }: WriteOf<'add-user'>): Promise<Committed> => {
  const { id, passwordHash, mfaEnabled, defaultFactor, createdAt } = user;
  const row = {
    id,
    password_hash: passwordHash,
    mfa_enabled: mfaEnabled ? 1 : 0,
    default_factor: defaultFactor,
    created_at: createdAt,
  };
  await db.insertInto('users').values(row).execute();
  const skips = user.skipped.map((mark) => ({ user_id: id, mark }));
  if (skips.length > 0) await db.insertInto('skips').values(skips).execute();
  return done;
};

/** What refers to the user goes with the row; flows and codes are of nobody at first, and so refer to none. */
export const removeUser = async (db: Database, { userId }: WriteOf<'remove-user'>): Promise<Committed> => {
  const own = db.selectFrom('flows').select('id').where('user_id', '=', userId);
  await db
    .deleteFrom('challenges')
    .where(({ eb, or }) => or([eb('subject', '=', userId), eb('subject', 'in', own)]))
    .execute();
  await db.deleteFrom('flows').where('user_id', '=', userId).execute();
  await db.deleteFrom('users').where('id', '=', userId).execute();
  return done;
};

const alter = async (db: Database, userId: string, part: Partial<Tables['users']>): Promise<Committed> => {
  await db.updateTable('users').set(part).where('id', '=', userId).execute();
  return done;
};

export const turnOn = (db: Database, { userId }: WriteOf<'turn-on'>): Promise<Committed> =>
  alter(db, userId, { mfa_enabled: 1 });

export const turnOff = (db: Database, { userId }: WriteOf<'turn-off'>): Promise<Committed> =>
  alter(db, userId, { mfa_enabled: 0 });

export const setDefault = (db: Database, { userId, factorId }: WriteOf<'set-default'>): Promise<Committed> =>
  alter(db, userId, { default_factor: factorId });

export const setPassword = async (
  db: Database,
  { userId, passwordHash, replaces }: WriteOf<'set-password'>,
): Promise<Committed> => {
  if (replaces === null) return alter(db, userId, { password_hash: passwordHash });
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', userId)
    .where('password_hash', '=', replaces)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'password');
};

/** Does nothing where it was skipped before, or there is no such user. */
export const skip = async (db: Database, { userId, mark }: WriteOf<'skip'>): Promise<Committed> => {
  await db
    .insertInto('skips')
    .columns(['user_id', 'mark'])
    .expression((eb) =>
      eb
        .selectFrom('users')
        .select(({ val }) => ['id', val(mark).as('mark')])
        .where('id', '=', userId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return done;
};

export const forgetSkips = async (db: Database, { userId }: WriteOf<'forget-skips'>): Promise<Committed> => {
  await db.deleteFrom('skips').where('user_id', '=', userId).execute();
  return done;
};
