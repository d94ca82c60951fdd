import assert from 'node:assert/strict';
import { test } from 'node:test';
import { challengeRow, deviceRow, eventRow, failure, flowRow, passRow, sessionRow, slot, tally } from './rows.ts';
import type { Begin } from './subject.ts';

const all = { userId: null, type: null, after: null, limit: 100 } as const;

/** What is kept beside the accounts, and when it goes. */
export const recordSuite = (name: string, begin: Begin): void => {
  test(`${name}: events are listed in the order of their ids, by user, by type and in pages`, async () => {
    const { store, write } = await begin();
    const [first, second, third] = [
      eventRow(),
      eventRow({ id: 'evt_2', userId: null, type: 'guess-wrong', factor: 'sms', target: '•••• 78', reason: 'why' }),
      eventRow({ id: 'evt_3', userId: 'bob' }),
    ];
    await write({ type: 'record', events: [third, first] }, { type: 'record', events: [] });
    await store.flows.insert(flowRow({ id: 'flw_2', tokenHash: 'two' }), [second]);
    await store.settings.write({ appName: 'Acme' }, [eventRow({ id: 'evt_4', type: 'settings-changed' })]);
    const list = async (query: object) => (await store.events.list({ ...all, ...query })).map(({ id }) => id);
    assert.deepEqual((await store.events.list(all)).slice(0, 3), [first, second, third]);
    assert.deepEqual(await list({ userId: 'ada' }), ['evt_1', 'evt_4']);
    assert.deepEqual(await list({ type: 'guess-wrong' }), ['evt_2']);
    assert.deepEqual(await list({ after: 'evt_1', limit: 2 }), ['evt_2', 'evt_3']);
    assert.deepEqual(await list({ after: 'evt_4' }), []);
  });

  test(`${name}: a commit that is lost records nothing`, async () => {
    const { store, commit } = await begin();
    const lost = await commit({ type: 'record', events: [eventRow()] }, { type: 'use-challenge', id: 'none', at: 1 });
    assert.deepEqual([lost.done, await store.events.list(all)], [false, []]);
  });

  test(`${name}: M5: what is over is dropped, a few rows at a time, and nothing else`, async () => {
    const { store, write } = await begin();
    await store.flows.insert(flowRow({ id: 'flw_2', tokenHash: 'new', createdAt: 11 }));
    await write(
      { type: 'save-challenge', challenge: challengeRow({ sentAt: 10 }), expected: null },
      { type: 'save-challenge', challenge: challengeRow({ id: 'chl_2', scope: 'new', sentAt: 11 }), expected: null },
      slot(10, { key: 'old', max: 1 }),
      slot(11, { key: 'new', max: 1 }),
      { type: 'redeem', jti: 'old', expiresAt: 10 },
      { type: 'redeem', jti: 'new', expiresAt: 11 },
      { type: 'add-session', session: sessionRow({ expiresAt: 20 }) },
      { type: 'add-session', session: sessionRow({ id: 'ses_2', tokenHash: 'new', expiresAt: 21 }) },
      { type: 'add-device', device: deviceRow({ expiresAt: 20 }) },
      { type: 'add-device', device: deviceRow({ id: 'dev_2', tokenHash: 'new', expiresAt: 21 }) },
      { type: 'add-pass', pass: passRow({ expiresAt: 5 }) },
      { type: 'add-pass', pass: passRow({ id: 'pas_2', expiresAt: 6 }) },
      tally(10, { key: 'old', window: 1 }),
      tally(11, { key: 'new', window: 1 }),
      { type: 'know-browser', userId: 'ada', browser: 'old', at: 4 },
      { type: 'know-browser', userId: 'ada', browser: 'new', at: 5 },
      { type: 'record', events: [1, 2, 3, 6].map((at) => eventRow({ id: `evt_${at}`, at })) },
    );
    await store.failures.count({ subject: 'old', browser: '' }, failure('1', { at: 4 }));
    await store.failures.count({ subject: 'new', browser: '' }, failure('1', { at: 5 }));
    const drop = (limit: number): Promise<number> =>
      store.sweep.drop({ before: 10, expired: 20, unrecorded: 5, summed: 10, forgotten: 4 }, limit);
    assert.deepEqual([await drop(1), await drop(1), await drop(500), await drop(500)], [11, 1, 1, 0]);
    const left = [
      (await Promise.all(['hash', 'new'].map((token) => store.flows.findByToken(token)))).map((row) => row?.id),
      (await Promise.all(['chl_1', 'chl_2'].map((id) => store.challenges.find(id)))).map((row) => row?.id),
      (await Promise.all(['token', 'new'].map((token) => store.sessions.find(token)))).map((row) => row?.id),
      (await Promise.all(['device', 'new'].map((token) => store.devices.find(token)))).map((row) => row?.id),
      (await store.passes.listUnused('ada')).map(({ id }) => id),
      (await store.events.list(all)).map(({ id }) => id),
      await store.tallies.sums(['old', 'new'].map((key) => ({ key, from: 0, to: 20 }))),
      await Promise.all(['old', 'new'].map((browser) => store.browsers.isKnown('ada', browser))),
      await Promise.all(
        ['old', 'new'].map((subject) => store.failures.count({ subject, browser: '' }, failure('2', { at: 5 }))),
      ),
    ];
    assert.deepEqual(left, [
      [undefined, 'flw_2'],
      [undefined, 'chl_2'],
      [undefined, 'ses_2'],
      [undefined, 'dev_2'],
      ['pas_2'],
      ['evt_6'],
      [0, 1],
      [false, true],
      [
        { type: 'allowed', number: 1 },
        { type: 'allowed', number: 2 },
      ],
    ]);
    assert.deepEqual([await store.proofs.redeem('old', 1), await store.proofs.redeem('new', 1)], [true, false]);
    const taken = await store.changes.commit([slot(12, { key: 'new', max: 1 })]);
    assert.deepEqual(taken, { done: false, lost: 'slot', retryAt: 111 });
  });
};
