import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store, Write } from '../../../../packages/server/src/store/store.ts';
import {
  adding,
  anybody,
  deviceRow,
  failure,
  flowRow,
  naming,
  outboxRow,
  passRow,
  saving,
  sessionRow,
  slot,
  spending,
  userRow,
} from './rows.ts';
import type { Begin, Subject } from './subject.ts';

/** Something of each kind is there, and a tenth failure under `k` makes the next one wait. */
const furnish = async (begin: Begin): Promise<Subject> => {
  const subject = await begin();
  await subject.store.flows.insert(flowRow({ id: 'flw_2', tokenHash: 'old', version: 3 }));
  await subject.write(
    saving(),
    saving({ id: 'chl_used', scope: 'used' }),
    saving({ id: 'chl_busy', scope: 'busy' }),
    adding(),
    adding({ id: 'fac_2', index: 'b' }),
  );
  await subject.write({ type: 'use-challenge', id: 'chl_used', at: 1 }, spending('one'), naming({ userId: 'bob' }));
  await subject.write(
    slot(0, { key: 'full', max: 1 }),
    { type: 'add-session', session: sessionRow({ id: 'ses_bob', userId: 'bob', tokenHash: 'bob' }) },
    { type: 'add-device', device: deviceRow({ id: 'dev_bob', userId: 'bob', tokenHash: 'bob' }) },
    { type: 'turn-on', userId: 'bob' },
    { type: 'redeem', jti: 'used', expiresAt: 1 },
    { type: 'post', message: outboxRow({ id: 'msg_0' }) },
  );
  for (let i = 0; i < 10; i += 1) await subject.store.failures.count(anybody, failure(String(i)));
  return subject;
};

/** One write of every type, all of whose conditions hold. */
const everything: Write[] = [
  saving({ id: 'chl_2', scope: 'new' }),
  { type: 'use-challenge', id: 'chl_1', at: 2 },
  slot(1, { key: 'free', max: 1 }),
  adding({ id: 'fac_3', index: 'c' }),
  { type: 'remove-factor', id: 'fac_2' },
  { type: 'use-factor', id: 'fac_1', at: 2 },
  spending('two', { at: 2 }),
  { type: 'reseal-factor', id: 'fac_1', sealed: 'anew', keyId: 'key' },
  { type: 'rekey', row: { of: 'factor', id: 'fac_1', userId: 'ada', sealed: 'anew' }, sealed: 'newer', keyId: 'key' },
  { type: 'rename-factor', id: 'fac_1', name: 'Work' },
  { type: 'keep-one', userId: 'ada', types: ['sms'] },
  { type: 'add-user', user: userRow() },
  naming({ userId: 'eve', type: 'phone' }),
  { type: 'turn-on', userId: 'ada' },
  { type: 'turn-off', userId: 'bob' },
  { type: 'set-default', userId: 'ada', factorId: 'fac_1' },
  { type: 'set-password', userId: 'bob', passwordHash: 'new', replaces: null },
  { type: 'skip', userId: 'ada', mark: 'setup' },
  { type: 'add-session', session: sessionRow({ userId: 'eve' }) },
  { type: 'end-sessions', userId: 'bob', except: null },
  { type: 'add-device', device: deviceRow() },
  { type: 'forget-devices', userId: 'bob', id: null },
  { type: 'redeem', jti: 'fresh', expiresAt: 1 },
  { type: 'forget-failures', subject: 'k', browser: null },
  { type: 'forget-misses', factorId: 'fac_1', browser: 'b', action: '', before: 0 },
  { type: 'know-browser', userId: 'ada', browser: 'b', at: 1 },
  { type: 'end-flow', id: 'flw_2', version: 3 },
  { type: 'end-flows', userId: 'bob', except: null },
  { type: 'add-pass', pass: passRow() },
  { type: 'post', message: outboxRow() },
  { type: 'drop-message', id: 'msg_0' },
  { type: 'note-delivery', code: { id: 'chl_busy', generation: 1 }, delivery: 'accepted', retryAt: null },
];

/** Writes whose condition is lost, and what the commit gives. */
const losing: [title: string, lost: Write, told: object][] = [
  ['a second challenge of a scope', saving({ id: 'chl_3', scope: 'busy' }), { lost: 'challenge' }],
  ['a code after one that is not the newest', saving({ id: 'chl_busy', scope: 'busy' }, 2), { lost: 'challenge' }],
  ['a challenge that was used', { type: 'use-challenge', id: 'chl_used', at: 2 }, { lost: 'challenge' }],
  ['a slot where all are taken', slot(1, { key: 'full', max: 1 }), { lost: 'slot', retryAt: 100 }],
  ['a factor that is held', adding({ id: 'fac_4' }), { lost: 'factor' }],
  ['a mark that was spent', spending('one', { at: 2 }), { lost: 'spent' }],
  ['a factor kept where none is left', { type: 'keep-one', userId: 'ada', types: ['totp'] }, { lost: 'last-factor' }],
  [
    'a password in the place of one that is another by now',
    { type: 'set-password', userId: 'bob', passwordHash: 'new', replaces: 'older' },
    { lost: 'password' },
  ],
  ['a permission that was used', { type: 'redeem', jti: 'used', expiresAt: 1 }, { lost: 'spent' }],
  ['an address that somebody has', naming(), { lost: 'identifier' }],
  ['the end of a flow that moved on', { type: 'end-flow', id: 'flw_2', version: 2 }, { lost: 'flow' }],
];

/** All that can be read; what only a write would tell is asked for afterwards. */
const look = async ({ flows, challenges, factors, users, sessions, devices, passes }: Store) => ({
  passes: await passes.listUnused('ada'),
  flows: await Promise.all(['hash', 'old'].map((token) => flows.findByToken(token))),
  challenges: await Promise.all(['chl_1', 'chl_2', 'chl_3', 'chl_used', 'chl_busy'].map((id) => challenges.find(id))),
  factors: await factors.list('ada'),
  users: await Promise.all(['ada', 'bob', 'eve'].map((id) => users.find(id))),
  identifiers: await Promise.all(['ada', 'bob', 'eve'].map((id) => users.identifiers(id))),
  sessions: await Promise.all(['token', 'bob'].map((token) => sessions.find(token))),
  devices: await Promise.all(['ada', 'bob'].map((id) => devices.list(id))),
});

export const allOrNothingSuite = (name: string, begin: Begin): void => {
  test(`${name}: a commit does all of its writes`, async () => {
    const { store, commit, write } = await furnish(begin);
    await write(...everything);
    const { challenges, factors, users, sessions, devices, flows, passes } = await look(store);
    assert.deepEqual([challenges[0]?.usedAt, challenges[1]?.scope], [2, 'new']);
    assert.equal(challenges[4]?.delivery, 'accepted');
    assert.deepEqual(passes, [passRow()]);
    assert.equal((await store.outbox.lease(100, 200))?.id, 'msg_1');
    assert.equal(await store.outbox.lease(100, 200), null);
    const held = factors.map(({ id, lastUsedAt, spent, name }) => [id, lastUsedAt, spent, name]);
    assert.deepEqual(held, [
      ['fac_1', 2, ['one', 'two'], 'Work'],
      ['fac_3', null, [], null],
    ]);
    assert.deepEqual(
      users[0],
      userRow({ id: 'ada', passwordHash: null, mfaEnabled: true, skipped: ['setup'], defaultFactor: 'fac_1' }),
    );
    assert.deepEqual(users[1], userRow({ id: 'bob', passwordHash: 'new' }));
    assert.deepEqual(devices, [[deviceRow()], []]);
    assert.deepEqual(
      [users[2], sessions[0]?.userId, sessions[1], flows[1]?.position.name],
      [userRow(), 'eve', null, 'ended'],
    );
    assert.equal((await store.users.findByIdentifier('phone', 'index'))?.id, 'eve');
    assert.deepEqual(await commit(slot(2, { key: 'free', max: 1 })), { done: false, lost: 'slot', retryAt: 101 });
    assert.deepEqual(await store.failures.count(anybody, failure('a', { at: 1 })), { type: 'allowed', number: 1 });
  });

  for (const [title, lost, told] of losing) {
    test(`${name}: a commit with ${title} changes nothing`, async () => {
      const { store, commit, write } = await furnish(begin);
      const before = await look(store);
      const rest = everything.filter(({ type }) => type !== lost.type);
      for (const writes of [
        [lost, ...rest],
        [...rest, lost],
      ]) {
        assert.deepEqual(await commit(...writes), { done: false, ...told });
        assert.deepEqual(await look(store), before);
      }
      assert.equal((await store.failures.count(anybody, failure('a', { at: 1 }))).type, 'wait');
      assert.equal((await store.outbox.lease(100, 200))?.id, 'msg_0');
      assert.equal(await store.outbox.lease(100, 200), null);
      await write(slot(1, { key: 'free', max: 1 }));
    });
  }

  test(`${name}: a commit of a flow that moved on changes nothing`, async () => {
    const { store } = await furnish(begin);
    const before = await look(store);
    assert.deepEqual(await store.flows.commit(flowRow({ version: 2 }), everything), { done: false, lost: 'flow' });
    assert.deepEqual(await look(store), before);
  });

  test(`${name}: of several lost conditions the first is told`, async () => {
    const { commit } = await furnish(begin);
    const writes = losing.map(([, lost]) => lost);
    assert.deepEqual(await commit(...writes), { done: false, lost: 'challenge' });
    assert.deepEqual(await commit(...writes.toReversed()), { done: false, lost: 'flow' });
  });
};
