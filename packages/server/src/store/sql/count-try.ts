import type { Try } from '../rows.ts';
import type { ChallengeStore, CodeRef, Counted } from '../store.ts';
import { findChallenge } from './find-challenge.ts';
import type { Database } from './schema.ts';

interface Attempt extends Try {
  max: number;
}

/** One statement looks and counts, so that nothing comes between, whoever else has the database open. */
const insertTry = (db: Database, { id, generation }: CodeRef, { action, digest, max }: Attempt) =>
  db
    .insertInto('tries')
    .columns(['challenge_id', 'generation', 'number', 'action', 'digest'])
    .expression((eb) =>
      eb
        .selectFrom('challenges as c')
        .leftJoin('tries as t', (join) =>
          join.onRef('t.challenge_id', '=', 'c.id').onRef('t.generation', '=', 'c.generation'),
        )
        .select(({ fn, val }) => [
          'c.id',
          'c.generation',
          eb(fn.count<number>('t.number'), '+', 1).as('number'),
          val(action).as('action'),
          val(digest).as('digest'),
        ])
        .where('c.id', '=', id)
        .where('c.generation', '=', generation)
        .groupBy(['c.id', 'c.generation'])
        .having(({ fn }) => fn.count('t.number'), '<', max),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();

/** Why the try was not inserted; null where another one took its number at the same moment. */
const explain = async (db: Database, code: CodeRef, { action, digest, max }: Attempt): Promise<Counted | null> => {
  const row = await findChallenge(db, { id: code.id });
  if (row?.generation !== code.generation) return { type: 'superseded' };
  const index = row.tries.findIndex((one) => one.action === action);
  if (index < 0) return row.tries.length < max ? null : { type: 'exceeded' };
  return row.tries[index]?.digest === digest ? { type: 'repeated', number: index + 1 } : { type: 'reused' };
};

/** Counts a try at a code. */
export const countTry =
  (db: Database): ChallengeStore['countTry'] =>
  async (code, attempt, max) => {
    const inserted = await insertTry(db, code, { ...attempt, max });
    if (inserted) return { type: 'counted', number: inserted.number };
    // Where writers don't wait for each other, each round is lost to a try that counted: at most `max` of them.
    return (await explain(db, code, { ...attempt, max })) ?? countTry(db)(code, attempt, max);
  };
