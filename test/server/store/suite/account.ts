import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store, Write } from '../../../../packages/server/src/store/store.ts';
import { adding, deviceRow, naming, passRow, saving, sessionRow, spending, userRow } from './rows.ts';
import type { Begin } from './subject.ts';

/** One row of each kind that a user may have. */
const ownedBy = (userId: string): Write[] => [
  adding({ id: `fac_${userId}`, userId }),
  naming({ userId, index: userId }),
  { type: 'add-session', session: sessionRow({ id: `ses_${userId}`, tokenHash: userId, userId }) },
  { type: 'add-device', device: deviceRow({ id: `dev_${userId}`, tokenHash: userId, userId }) },
  { type: 'add-pass', pass: passRow({ id: `pas_${userId}`, userId }) },
  { type: 'know-browser', userId, browser: 'b', at: 1 },
  saving({ id: `chl_${userId}`, scope: userId, subject: userId }),
];

const leftOf = async (store: Store, userId: string): Promise<unknown[]> => [
  (await store.users.find(userId))?.id ?? null,
  (await store.factors.list(userId)).length,
  (await store.users.identifiers(userId)).length,
  (await store.sessions.find(userId))?.userId ?? null,
  (await store.devices.list(userId)).length,
  (await store.passes.listUnused(userId)).length,
  await store.browsers.isKnown(userId, 'b'),
  (await store.challenges.find(`chl_${userId}`))?.subject ?? null,
];

/** What an account needs besides factors: sessions, devices, and changes that belong to no flow. */
export const accountSuite = (name: string, begin: Begin): void => {
  test(`${name}: changes without a flow are committed whole or not at all`, async () => {
    const { store, write } = await begin();
    await write(adding());
    const rename = { type: 'rename-factor', id: 'fac_1', name: 'Work' } as const;
    const redeem = { type: 'redeem', jti: 'one', expiresAt: 9 } as const;
    assert.deepEqual(await store.changes.commit([rename, redeem]), { done: true });
    const again = await store.changes.commit([{ ...rename, name: 'Home' }, redeem]);
    assert.deepEqual(again, { done: false, lost: 'spent' });
    assert.equal((await store.factors.list('ada'))[0]?.name, 'Work');
  });

  test(`${name}: of removals of the last two factors at the same moment one is done`, async () => {
    for (let round = 0; round < 20; round += 1) {
      const { store, write } = await begin();
      await write(adding(), adding({ id: 'fac_2', index: 'b' }), adding({ id: 'fac_3', type: 'codes' }));
      const remove = (id: string) =>
        store.changes.commit([
          { type: 'remove-factor', id },
          { type: 'keep-one', userId: 'ada', types: ['sms'] },
        ]);
      const outcomes = await Promise.all([remove('fac_1'), remove('fac_2')]);
      assert.equal(outcomes.filter(({ done }) => done).length, 1);
      assert.equal((await store.factors.list('ada')).filter(({ type }) => type === 'sms').length, 1);
    }
  });

  test(`${name}: the other sessions of a user end, and nobody else's`, async () => {
    const { store, write } = await begin();
    for (const [id, userId] of [
      ['one', 'ada'],
      ['two', 'ada'],
      ['three', 'bob'],
    ] as const) {
      await write({ type: 'add-session', session: sessionRow({ id, userId, tokenHash: id, scope: 'account' }) });
    }
    await write({ type: 'end-sessions', userId: 'ada', except: 'two' });
    const left = await Promise.all(['one', 'two', 'three'].map((token) => store.sessions.find(token)));
    assert.deepEqual(
      left.map((row) => row?.id),
      [undefined, 'two', 'three'],
    );
    assert.equal(left[1]?.scope, 'account');
  });

  test(`${name}: devices are found by their cookie, listed per user, and forgotten one or all`, async () => {
    const { store, write } = await begin();
    const older = deviceRow();
    const newer = deviceRow({ id: 'dev_2', tokenHash: 'second', createdAt: 5 });
    const other = deviceRow({ id: 'dev_3', tokenHash: 'third', userId: 'bob' });
    for (const device of [newer, older, other]) await write({ type: 'add-device', device });
    assert.deepEqual(await store.devices.list('ada'), [older, newer]);
    assert.deepEqual(await store.devices.find('second'), newer);
    assert.equal(await store.devices.find('none'), null);
    await write(
      { type: 'forget-devices', userId: 'ada', id: 'dev_1' },
      { type: 'forget-devices', userId: 'ada', id: 'dev_3' },
    );
    assert.deepEqual(await store.devices.list('ada'), [newer]);
    await write({ type: 'forget-devices', userId: 'ada', id: null });
    assert.deepEqual([await store.devices.list('ada'), await store.devices.list('bob')], [[], [other]]);
  });

  test(`${name}: M5: a user goes with everything that is theirs, and nobody else's`, async () => {
    const { store, write } = await begin();
    await write(...ownedBy('ada'), ...ownedBy('bob'), saving({ id: 'chl_flow', scope: 'flow', subject: 'flw_1' }));
    await write(spending('one', { factorId: 'fac_ada' }));
    const removed = await store.changes.commit([{ type: 'remove-user', userId: 'ada' }]);
    assert.deepEqual(removed, { done: true });
    assert.deepEqual(await leftOf(store, 'ada'), [null, 0, 0, null, 0, 0, false, null]);
    assert.deepEqual(await leftOf(store, 'bob'), ['bob', 1, 1, 'bob', 1, 1, true, 'bob']);
    assert.equal(await store.challenges.find('chl_flow'), null, 'a code of a flow of theirs');
    assert.equal(await store.flows.findByToken('hash'), null);
    assert.deepEqual(await store.users.ensure('ada', 9), userRow({ id: 'ada', passwordHash: null, createdAt: 9 }));
    assert.deepEqual(await store.changes.commit(ownedBy('ada')), { done: true }, 'no id or index is taken');
  });

  test(`${name}: M5: a flow of a user who is gone commits nothing`, async () => {
    const { store, commit } = await begin();
    await store.changes.commit([{ type: 'remove-user', userId: 'ada' }]);
    assert.deepEqual(await commit(adding()), { done: false, lost: 'flow' });
    assert.deepEqual(await store.factors.list('ada'), []);
  });
};
