import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slot } from './rows.ts';
import type { Begin } from './subject.ts';

const until = (retryAt: number) => ({ done: false, lost: 'slot', retryAt });

export const slotSuite = (name: string, begin: Begin): void => {
  test(`${name}: a slot is free again when the oldest of the window has left it`, async () => {
    const { commit, write } = await begin();
    await write(slot(0));
    await write(slot(40));
    assert.deepEqual(await commit(slot(99)), until(100));
    await write(slot(100));
    assert.deepEqual(await commit(slot(139)), until(140));
    await write(slot(240), slot(240, { key: 'other' }));
  });

  test(`${name}: where fewer are allowed than were taken, enough of them must leave`, async () => {
    const { commit, write } = await begin();
    for (const at of [0, 10, 20]) await write(slot(at, { max: 3 }));
    assert.deepEqual(await commit(slot(30, { max: 1 })), until(120));
    assert.deepEqual(await commit(slot(30, { max: 2 })), until(110));
  });

  test(`${name}: a clock that is behind does not shorten the wait`, async () => {
    const { commit, write } = await begin();
    await write(slot(50));
    await write(slot(40));
    assert.deepEqual(await commit(slot(60, { max: 1 })), until(150));
  });
};
