import type { BrowserStore, Committed } from '../store.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** Browsers in which a user was let in before. */
export const browsers = (db: Database): BrowserStore => ({
  async isKnown(userId, browser) {
    const row = await db
      .selectFrom('browsers')
      .select('at')
      .where('user_id', '=', userId)
      .where('browser', '=', browser)
      .executeTakeFirst();
    return row !== undefined;
  },
});

export const knowBrowser = async (
  db: Database,
  { userId, browser, at }: WriteOf<'know-browser'>,
): Promise<Committed> => {
  await db
    .insertInto('browsers')
    .values({ user_id: userId, browser, at })
    .onConflict((conflict) => conflict.columns(['user_id', 'browser']).doUpdateSet({ at }))
    .execute();
  return done;
};
