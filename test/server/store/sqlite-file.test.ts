import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Kysely } from 'kysely';
import * as v from 'valibot';
import { openSqlite } from '../../../packages/server/src/node/sqlite-database.ts';
import { sqliteDialect } from '../../../packages/server/src/node/sqlite-dialect.ts';
import { sqliteStore } from '../../../packages/server/src/node/sqlite-store.ts';
import { migrations } from '../../../packages/server/src/store/sql/migrations.ts';
import type { Tables } from '../../../packages/server/src/store/sql/schema.ts';
import type { Write } from '../../../packages/server/src/store/store.ts';
import { adding, challengeRow, flowRow, naming, saving, spending, userRow } from './suite/rows.ts';

const folder = await mkdtemp(join(tmpdir(), 'countersign-store-'));
after(() => rm(folder, { recursive: true }));

let files = 0;
const newPath = (): string => join(folder, `${(files += 1)}`, 'countersign.db');

test('a file keeps everything when it is closed and opened again', async () => {
  const path = newPath();
  const first = await sqliteStore({ path });
  await first.flows.insert(flowRow());
  const writes = [{ type: 'add-user', user: userRow({ id: 'ada' }) } as const, adding(), saving(), naming()];
  assert.deepEqual(await first.flows.commit(flowRow({ version: 2 }), [...writes, spending('one')]), { done: true });
  await first.challenges.countTry({ id: 'chl_1', generation: 1 }, { action: 'a', digest: 'd' }, 5);
  await first.settings.write({ appName: 'Acme' });
  await first.close();

  const second = await sqliteStore({ path });
  assert.deepEqual(await second.flows.findByToken('hash'), flowRow({ version: 2 }));
  assert.deepEqual(await second.challenges.find('chl_1'), challengeRow({ tries: [{ action: 'a', digest: 'd' }] }));
  assert.deepEqual((await second.factors.list('ada'))[0]?.spent, ['one']);
  assert.deepEqual(await second.users.findByIdentifier('email', 'index'), userRow({ id: 'ada' }));
  assert.deepEqual(await second.settings.read(), { appName: 'Acme' });
  await second.close();
});

test('a new file, and those beside it, are for its owner alone', async () => {
  const path = newPath();
  const store = await sqliteStore({ path });
  await store.users.ensure('ada', 0);
  const beside = await readdir(join(path, '..'));
  assert.deepEqual(beside.toSorted(), ['countersign.db', 'countersign.db-shm', 'countersign.db-wal']);
  for (const file of beside) assert.equal((await stat(join(path, '..', file))).mode & 0o777, 0o600);
  await store.close();
});

test('a store in memory makes no file and is empty each time', async () => {
  const store = await sqliteStore({ path: ':memory:' });
  await store.users.ensure('ada', 0);
  const other = await sqliteStore({ path: ':memory:' });
  assert.equal(await other.users.find('ada'), null);
  await Promise.all([store.close(), other.close()]);
});

test('a transaction has the right to write from its beginning, so that none fails for having read before', async () => {
  const path = newPath();
  await (await sqliteStore({ path })).close();
  const db = new Kysely<Tables>({ dialect: sqliteDialect(await openSqlite(path)) });
  const other = await openSqlite(path);
  other.exec('pragma busy_timeout = 0');
  await db.transaction().execute(async (transaction) => {
    assert.deepEqual(await transaction.selectFrom('redeemed').selectAll().execute(), []);
    assert.throws(() => other.exec("insert into redeemed values ('other', 0)"), /database is locked/u);
    await transaction.insertInto('redeemed').values({ jti: 'first', expires_at: 0 }).execute();
  });
  other.exec("insert into redeemed values ('other', 0)");
  other.close();
  await db.destroy();
});

test('a connection waits for others and for the disk, and checks references', async () => {
  const path = newPath();
  await (await sqliteStore({ path })).close();
  const connection = await openSqlite(path);
  const settings = ['busy_timeout', 'journal_mode', 'synchronous', 'foreign_keys'];
  const rows = settings.map((name) => JSON.stringify(connection.prepare(`pragma ${name}`).all()));
  const full = 2;
  assert.deepEqual(rows, [
    '[{"timeout":5000}]',
    '[{"journal_mode":"wal"}]',
    `[{"synchronous":${full}}]`,
    '[{"foreign_keys":1}]',
  ]);
  connection.close();
});

test('migrations that were applied are not applied again', async () => {
  const path = newPath();
  for (let i = 0; i < 3; i += 1) await (await sqliteStore({ path })).close();
  const connection = await openSqlite(path);
  const applied = connection.prepare('select number from migrations').all();
  assert.equal(applied.length, migrations.length);
  connection.close();
});

/** The database as it was before passkeys were nobody else's. */
const beforeSole = 4;

test('of passkeys that two users had bound at the same instant the first one is the sole one from now on', async () => {
  const path = join(folder, 'before-sole.db');
  const connection = await openSqlite(path);
  connection.exec('create table migrations (number integer primary key)');
  for (const [index, statements] of migrations.slice(0, beforeSole).entries()) {
    for (const statement of statements) connection.exec(statement);
    connection.exec(`insert into migrations (number) values (${index + 1})`);
  }
  for (const [id, type, at] of [
    ['ada', 'passkey', 2],
    ['bob', 'passkey', 1],
    ['eve', 'sms', 1],
  ]) {
    connection.exec(`insert into users (id, mfa_enabled, created_at) values ('${id}', 0, 0)`);
    connection.exec(`insert into factors (id, user_id, type, sealed, blind_index, key_id, source, created_at)
      values ('fac_${id}', '${id}', '${type}', 'sealed', 'index', 'key', 'bound', ${at})`);
  }
  connection.close();
  const store = await sqliteStore({ path });
  const rows = await Promise.all(['ada', 'bob', 'eve'].map((userId) => store.factors.list(userId)));
  assert.deepEqual(
    rows.flat().map(({ userId, isSole }) => [userId, isSole]),
    [
      ['ada', false],
      ['bob', true],
      ['eve', false],
    ],
  );
  await store.close();
});

test('a database of a newer version is refused, and left as it is', async () => {
  const path = newPath();
  await (await sqliteStore({ path })).close();
  const connection = await openSqlite(path);
  connection.exec('insert into migrations (number) values (99)');
  connection.close();
  await assert.rejects(sqliteStore({ path }), {
    name: 'ConfigurationError',
    message:
      /^store: the database has migration 99 of a newer version, and this one knows \d+; start the newer version$/u,
  });
});

test('a row that this version cannot read is named by its column, without the value', async () => {
  const path = newPath();
  const store = await sqliteStore({ path });
  await store.flows.insert(flowRow());
  const connection = await openSqlite(path);
  for (const [column, value] of Object.entries({ host: 'secret', position: '{"id":"secret"}', kind: 'secret' })) {
    connection.exec(`update flows set ${column} = '${value}'`);
    await assert.rejects(store.flows.findByToken('hash'), (error: Error) => {
      assert.match(error.message, /^The store holds something in flows that this version can't read: \w+\.$/u);
      return !error.message.includes('secret');
    });
    connection.exec(`delete from flows`);
    await store.flows.insert(flowRow());
  }
  connection.close();
  await store.close();
});

/** How many of the two may win in a round. */
const places = { commit: 1, spend: 1, code: 1, proof: 1, tries: 5, failures: 10 };

const wins = v.array(v.record(v.picklist(Object.keys(places)), v.number()));

const racer = fileURLToPath(new URL('../../support/store-racer.ts', import.meta.url));

const nextMessage = async (child: ChildProcess): Promise<unknown> => {
  const ended = once(child, 'exit').then(([code]) => assert.fail(`a process ended with ${code}`));
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
};

/** Both open the file, which neither has seen before, at the same moment; and then race at the same moments. */
const race = async (path: string, rounds: number, prepare: () => Promise<void>) => {
  const begin = (name: string): ChildProcess =>
    fork(racer, [path, name, `${rounds}`], { execArgv: ['--conditions=countersign-source', '--import', 'tsx'] });
  const racers = ['a', 'b'].map(begin);
  await Promise.all(racers.map(nextMessage));
  await prepare();
  const results = racers.map(nextMessage);
  for (const child of racers) child.send(Date.now() + 20);
  return (await Promise.all(results)).map((won) => v.parse(wins, won));
};

const prepareRace = async (path: string, rounds: number): Promise<void> => {
  const store = await sqliteStore({ path });
  const write = async (id: string, ...writes: Write[]) => {
    await store.flows.insert(flowRow({ id, tokenHash: id, version: 0 }));
    assert.deepEqual(await store.flows.commit(flowRow({ id, tokenHash: id }), writes), { done: true });
  };
  await store.users.ensure('ada', 0);
  await write('first', adding());
  for (let i = 0; i < rounds; i += 1) {
    await write(`shared_${i}`, saving({ id: `shared_${i}`, scope: `shared_${i}` }));
    for (const name of ['a', 'b']) await write(`${name}_${i}`);
  }
  await store.close();
};

test('two processes on one file have no more winners than one', async () => {
  const [path, rounds] = [newPath(), 50];
  const [a = [], b = []] = await race(path, rounds, () => prepareRace(path, rounds));
  for (const [what, number] of Object.entries(places)) {
    const winners = a.map((won, i) => (won[what] ?? 0) + (b[i]?.[what] ?? 0));
    assert.deepEqual(winners, Array(rounds).fill(number), what);
  }
});
