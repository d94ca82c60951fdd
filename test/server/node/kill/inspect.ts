import assert from 'node:assert/strict';
import { openSqlite } from '../../../../packages/server/src/node/sqlite-database.ts';
import { holds, type World } from './world.ts';

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Rows have no prototype, which would tell them from object literals. */
const plain = (row: unknown): object => ({ ...(row as object) });

/** Every answer that got lost was asked for again until it came, so the database has what was acknowledged, and no more. */
export const inspect = async (path: string, world: World): Promise<void> => {
  const { members } = world;
  const database = await openSqlite(path);
  const all = (sql: string): unknown[] => database.prepare(sql).all();
  const expected = {
    users: members.length,
    identifiers: members.length,
    factors: 2 * members.length,
    sessions: sumOf(members.map(({ sessions }) => sessions.length)),
    spent: sumOf(members.map(({ spent }) => spent.length)),
  };
  try {
    assert.deepEqual(all('pragma integrity_check').map(plain), [{ integrity_check: 'ok' }]);
    assert.deepEqual(all('pragma foreign_key_check'), []);
    for (const [table, count] of Object.entries(expected)) {
      assert.deepEqual(all(`select count(*) as count from ${table}`).map(plain), [{ count }], table);
      holds(world, `rows of ${table}`);
    }
    const doubled = 'select user_id from factors group by user_id, type having count(*) > 1';
    assert.deepEqual(all(doubled), []);
  } finally {
    database.close();
  }
};
