import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outboxRow } from './rows.ts';
import { atOnce, type Begin } from './subject.ts';

export const outboxSuite = (name: string, begin: Begin): void => {
  test(`${name}: a message is leased when its lease is over, the oldest first, until it is dropped`, async () => {
    const { store, write } = await begin();
    const newer = outboxRow({ id: 'msg_2', createdAt: 5 });
    await write({ type: 'post', message: newer }, { type: 'post', message: outboxRow() });
    assert.equal(await store.outbox.lease(99, 200), null);
    assert.deepEqual(await store.outbox.lease(100, 200), outboxRow({ leasedUntil: 200, attempts: 2 }));
    assert.equal((await store.outbox.lease(100, 200))?.id, 'msg_2');
    assert.equal(await store.outbox.lease(199, 300), null);
    await write({ type: 'drop-message', id: 'msg_1' }, { type: 'drop-message', id: 'gone' });
    assert.deepEqual(await store.outbox.lease(200, 300), { ...newer, leasedUntil: 300, attempts: 3 });
    assert.equal(await store.outbox.lease(200, 300), null);
  });

  test(`${name}: of many who ask for a message at once one is given it`, async () => {
    const { store, write } = await begin();
    await write({ type: 'post', message: outboxRow() });
    const given = await atOnce(20, () => store.outbox.lease(100, 200));
    assert.equal(given.filter((row) => row !== null).length, 1);
  });
};
