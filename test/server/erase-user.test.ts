import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sqliteStore } from '@countersign/server/node';
import type { TestKit, Visitor } from '@countersign/server/testing';
import { openSqlite } from '../../packages/server/src/node/sqlite-database.ts';
import { ownAccount } from '../support/account.ts';
import { type Administered, administeredOn } from '../support/administered.ts';
import { ada, mandatory, signIn, signUp } from '../support/primary.ts';
import { stores } from '../support/stores.ts';

const settings = { ...mandatory, trustedDevices: { days: 30 }, resetPassword: { identifiers: ['email' as const] } };
const scopes = ['users:read', 'users:write', 'events'] as const;
const grace = { identifier: { type: 'email', value: 'grace@example.com' }, phone: '+31612345678' } as const;

/** Signs up, trusts another browser, is in the middle of signing in in a third, and is given a pass. */
const member = async (kit: TestKit, person: Parameters<typeof signUp>[2] = {}) => {
  const home = kit.visitor();
  await signUp(kit, home, person);
  kit.clock.advance(61_000);
  const trusted = kit.visitor();
  await signIn(kit, trusted, { ...person, until: 'verify-factor' });
  await trusted.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
  const half = kit.visitor();
  await signIn(kit, half, { ...person, until: 'verify-factor' });
  await half.act({ type: 'submit-code', code: '000000' });
  const { userId } = await ownAccount(kit, home).read();
  await kit.backend.users.issuePass(userId, { actor: 'Grace, help desk', reason: 'a phone in the canal' });
  return { home, trusted, half, userId };
};

const accountOf = async (kit: TestKit, visitor: Visitor): Promise<number> =>
  (await ownAccount(kit, visitor).send('GET', '/account')).status;

const eventsOf = async ({ call }: Administered, userId: string): Promise<string[]> => {
  const { body } = await call(`GET /events?userId=${userId}&limit=200`);
  return (body['events'] as { type: string }[]).map(({ type }) => type);
};

for (const [name, open] of stores) {
  test(`${name}: M5: a user whom an administrator erases is nobody any more, in whichever browser`, async () => {
    const administered = await administeredOn(open, { settings, scopes });
    const { kit, call } = administered;
    const { home, trusted, half, userId } = await member(kit);
    assert.equal((await call(`DELETE /users/${userId}`)).status, 204);
    assert.deepEqual([await accountOf(kit, home), await accountOf(kit, trusted)], [401, 401]);
    assert.equal((await half.look()).status, 404);
    for (const route of [`GET /users/${userId}/factors`, `DELETE /users/${userId}`]) {
      const { status, body } = await call(route);
      assert.deepEqual([status, body['code']], [404, 'request.not_found'], route);
    }
    const visitor = kit.visitor();
    await visitor.begin('sign-in');
    const refused = await visitor.act({ type: 'identify', identifier: ada, password: 'correct horse 9 battery' });
    assert.equal(refused.problem.code, 'session.invalid_credentials');
    assert.equal((await eventsOf(administered, userId)).at(-1), 'user-removed');
  });

  test(`${name}: M5: who is erased may come again, as somebody new, with the address and the browser of before`, async () => {
    const { kit, call } = await administeredOn(open, { settings, scopes });
    const { trusted, userId } = await member(kit);
    await call(`DELETE /users/${userId}`);
    kit.clock.advance(24 * 3600_000);
    await signUp(kit, kit.visitor(), {});
    kit.clock.advance(61_000);
    const names = await signIn(kit, kit.visitor(trusted.fetch), {});
    assert.deepEqual(names, ['identify', 'verify-factor', 'complete'], 'no longer trusted');
  });

  test(`${name}: M5: nobody else loses anything by it`, async () => {
    const { kit, call } = await administeredOn(open, { settings, scopes });
    const { userId } = await member(kit);
    const other = await member(kit, grace);
    await call(`DELETE /users/${userId}`);
    assert.equal((await call(`GET /users/${other.userId}/factors`)).status, 200);
    assert.equal((await ownAccount(kit, other.home).read()).factors.length, 2);
    const right = await other.half.act({ type: 'submit-code', code: kit.inbox.code(grace.phone) });
    assert.equal(right.flow.step.name, 'complete');
    assert.deepEqual(await signIn(kit, kit.visitor(other.trusted.fetch), grace), ['identify', 'complete']);
  });

  test(`${name}: M5: what an erased user guessed wrong is forgotten with them`, async () => {
    const { kit, call } = await administeredOn(open, { settings, scopes });
    const guess = async (): Promise<string> => {
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin({ userId: 'ada' })).token);
      return (await visitor.act({ type: 'submit-code', code: '000000' })).problem.code;
    };
    const round = async (): Promise<string[]> => {
      await call('POST /users/ada/factors', { type: 'sms', phone: grace.phone, verifiedAt: '2026-01-01T00:00:00Z' });
      const codes: string[] = [];
      for (let tries = 0; tries < 12; tries += 1) {
        codes.push(await guess());
        kit.clock.advance(61_000);
      }
      await call('DELETE /users/ada');
      kit.clock.advance(24 * 3600_000);
      return codes;
    };
    const first = await round();
    assert.equal(first.indexOf('session.verification_blocked_too_many_attempts'), 10, first.join());
    assert.deepEqual(await round(), first);
  });
}

/** How many rows each table has. */
const countRows = async (path: string): Promise<Record<string, unknown>> => {
  const connection = await openSqlite(path);
  const tables = connection.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
  const counts = tables.map(({ name }) => {
    const [row] = connection.prepare(`select count(*) as count from ${name}`).all() as { count: number }[];
    return [name, row?.count];
  });
  connection.close();
  return Object.fromEntries(counts) as Record<string, unknown>;
};

test('M5: an erased user leaves the record, and counters that name nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-erased-'));
  const path = join(folder, 'countersign.db');
  const store = await sqliteStore({ path });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const { kit, call } = await administeredOn(async () => store, { settings, scopes });
  await member(kit, grace);
  const before = await countRows(path);
  const { userId } = await member(kit);
  const between = await countRows(path);
  await call(`DELETE /users/${userId}`);
  const later = await countRows(path);
  const grown = (counts: Record<string, unknown>) =>
    Object.keys(counts).filter((table) => counts[table] !== before[table]);
  assert.ok(grown(between).length > 12, grown(between).join());
  assert.deepEqual(grown(later).toSorted(), ['events', 'slots', 'tallies']);
});
