import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slot, tally } from './rows.ts';
import type { Begin } from './subject.ts';

const until = (retryAt: number) => ({ done: false, lost: 'slot', retryAt });

const day = 24 * 3600_000;

export const tallySuite = (name: string, begin: Begin): void => {
  test(`${name}: a window takes as much as it may, and the next one begins empty`, async () => {
    const { commit, write } = await begin();
    await write(tally(101, { add: 3 }));
    assert.deepEqual(await commit(tally(150, { add: 3 })), until(200));
    await write(tally(199, { add: 2 }));
    assert.deepEqual(await commit(tally(199)), until(200));
    await write(tally(200), tally(200, { key: 'other' }));
    assert.deepEqual(await commit(tally(300, { add: 6 })), until(400), 'more than any window takes');
  });

  test(`${name}: what a tally refuses is not committed, nor is a tally that something else refuses`, async () => {
    const { store, commit, write } = await begin();
    await write(tally(0, { add: 5 }));
    await commit(tally(0, { key: 'other' }), tally(0));
    await write(slot(0, { max: 1 }));
    await commit(tally(100), slot(1, { max: 1 }));
    const spans = ['t', 'other'].map((key) => ({ key, from: 0, to: 1000 }));
    assert.deepEqual(await store.tallies.sums(spans), [5, 0]);
  });

  test(`${name}: sums are of the windows that begin within the span`, async () => {
    const { store, write } = await begin();
    for (const at of [0, 150, 250, 350]) await write(tally(at), tally(at, { key: 'u', add: 2 }));
    const spans = [
      { key: 'u', from: 100, to: 300 },
      { key: 't', from: 0, to: 301 },
      { key: 'none', from: 0, to: 1000 },
    ];
    assert.deepEqual(await store.tallies.sums(spans), [4, 4, 0]);
    assert.deepEqual(await store.tallies.sums([]), []);
  });

  test(`${name}: sums are kept for two days, and go when a later window begins`, async () => {
    const { store, write } = await begin();
    const first = { key: 't', from: 0, to: 100 };
    await write(tally(0));
    await write(tally(2 * day - 1));
    assert.deepEqual(await store.tallies.sums([first]), [1]);
    await write(tally(2 * day));
    assert.deepEqual(await store.tallies.sums([first]), [0]);
  });
};
