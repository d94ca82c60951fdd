import assert from 'node:assert/strict';
import { test } from 'node:test';
import { challengeRow, saving } from './rows.ts';
import type { Begin } from './subject.ts';

const lost = { done: false, lost: 'challenge' };

export const challengeSuite = (name: string, begin: Begin): void => {
  test(`${name}: a challenge is found by its id and, unused, by its scope, as it was written`, async () => {
    const { store, write } = await begin();
    const row = challengeRow({
      factorId: 'fac_1',
      usage: 'BindMfa',
      channel: 'whatsapp',
      superseded: ['a', 'b'],
      delivery: 'accepted',
      retryAt: 9,
    });
    await write({ type: 'save-challenge', challenge: row, expected: null });
    assert.deepEqual(await store.challenges.find('chl_1'), row);
    assert.deepEqual(await store.challenges.findUnused('scope'), row);
    assert.equal(await store.challenges.find('chl_0'), null);
    assert.equal(await store.challenges.findUnused('other'), null);
  });

  test(`${name}: a scope has at most one unused challenge`, async () => {
    const { store, commit, write } = await begin();
    await write(saving());
    assert.deepEqual(await commit(saving({ id: 'chl_2' })), lost);
    assert.deepEqual(await commit(saving({ id: 'chl_2' }, 1)), lost);
    await write(saving({ generation: 2, codeHash: 'newer' }, 1));
    assert.deepEqual(await commit(saving({ generation: 2 }, 1)), lost);
    assert.equal((await store.challenges.findUnused('scope'))?.codeHash, 'newer');
    await write({ type: 'use-challenge', id: 'chl_1', at: 1 });
    assert.equal(await store.challenges.findUnused('scope'), null);
    assert.deepEqual(await commit(saving({ generation: 3 }, 2)), lost);
    await write(saving({ id: 'chl_2' }), saving({ id: 'chl_3', scope: 'other' }));
    assert.equal((await store.challenges.findUnused('scope'))?.id, 'chl_2');
  });

  test(`${name}: a challenge is used once, and one that is not there never`, async () => {
    const { store, commit, write } = await begin();
    await write(saving());
    await write({ type: 'use-challenge', id: 'chl_1', at: 5 });
    assert.deepEqual(await commit({ type: 'use-challenge', id: 'chl_1', at: 6 }), lost);
    assert.equal((await store.challenges.find('chl_1'))?.usedAt, 5);
    assert.deepEqual(await commit({ type: 'use-challenge', id: 'chl_0', at: 6 }), lost);
  });

  test(`${name}: the same try is counted once, however often it comes, and another one under its id is told apart`, async () => {
    const { store, write } = await begin();
    await write(saving());
    const count = (action: string, digest: string, generation = 1) =>
      store.challenges.countTry({ id: 'chl_1', generation }, { action, digest }, 2);
    assert.deepEqual(await count('a', 'x'), { type: 'counted', number: 1 });
    assert.deepEqual(await count('a', 'x'), { type: 'repeated', number: 1 });
    assert.deepEqual(await count('a', 'y'), { type: 'reused' });
    assert.deepEqual(await count('b', 'y'), { type: 'counted', number: 2 });
    assert.deepEqual(await count('c', 'y'), { type: 'exceeded' });
    assert.deepEqual(await count('a', 'x'), { type: 'repeated', number: 1 });
    assert.deepEqual(await count('b', 'y'), { type: 'repeated', number: 2 });
    assert.deepEqual(await count('a', 'x', 2), { type: 'superseded' });
    const tries = [
      { action: 'a', digest: 'x' },
      { action: 'b', digest: 'y' },
    ];
    assert.deepEqual((await store.challenges.find('chl_1'))?.tries, tries);
    assert.deepEqual((await store.challenges.findUnused('scope'))?.tries, tries);
  });

  test(`${name}: a try at a challenge that is not there counts nowhere`, async () => {
    const { store } = await begin();
    const counted = await store.challenges.countTry({ id: 'chl_0', generation: 1 }, { action: 'a', digest: 'x' }, 2);
    assert.deepEqual(counted, { type: 'superseded' });
  });

  test(`${name}: a newer code has its own tries, and saving the same one again gives none back`, async () => {
    const { store, write } = await begin();
    await write(saving());
    const count = (action: string, generation: number) =>
      store.challenges.countTry({ id: 'chl_1', generation }, { action, digest: 'x' }, 1);
    assert.equal((await count('a', 1)).type, 'counted');
    await write(saving({ delivery: 'failed' }, 1));
    assert.equal((await count('b', 1)).type, 'exceeded');
    await write(saving({ generation: 2, tries: [{ action: 'a', digest: 'x' }] }, 1));
    assert.deepEqual((await store.challenges.find('chl_1'))?.tries, []);
    assert.equal((await count('b', 1)).type, 'superseded');
    assert.deepEqual(await count('a', 2), { type: 'counted', number: 1 });
  });

  test(`${name}: what became of a message is noted for the code it carried, and no newer one`, async () => {
    const { store, write } = await begin();
    await write(saving({ generation: 2 }));
    await write({ type: 'note-delivery', code: { id: 'chl_1', generation: 1 }, delivery: 'failed', retryAt: 7 });
    assert.equal((await store.challenges.find('chl_1'))?.delivery, 'unknown');
    await write({ type: 'note-delivery', code: { id: 'chl_1', generation: 2 }, delivery: 'failed', retryAt: 7 });
    const row = await store.challenges.find('chl_1');
    assert.deepEqual([row?.delivery, row?.retryAt], ['failed', 7]);
  });

  test(`${name}: once it is known whether a message arrived, nothing more is noted of it`, async () => {
    const code = { id: 'chl_1', generation: 1 };
    for (const last of ['delivered', 'failed'] as const) {
      const { store, write } = await begin();
      await write(saving());
      await write({ type: 'note-delivery', code, delivery: 'accepted', retryAt: null });
      await write({ type: 'note-delivery', code, delivery: last, retryAt: 7 });
      for (const delivery of ['accepted', 'unknown', 'delivered', 'failed'] as const) {
        await write({ type: 'note-delivery', code, delivery, retryAt: 9 });
      }
      const row = await store.challenges.find('chl_1');
      assert.deepEqual([row?.delivery, row?.retryAt], [last, 7]);
    }
  });
};
