import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adding, factorRow, spending } from './rows.ts';
import type { Begin } from './subject.ts';

const lostFactor = { done: false, lost: 'factor' };
const lostMark = { done: false, lost: 'spent' };

export const factorSuite = (name: string, begin: Begin): void => {
  test(`${name}: factors are listed per user, oldest first, as they were written`, async () => {
    const { store, write } = await begin();
    const older = factorRow({ source: 'identifier', lastUsedAt: 3, spent: ['a', 'b'], counter: 7 });
    const newer = factorRow({ id: 'fac_0', index: null, type: 'totp', createdAt: 1 });
    await write(
      { type: 'add-factor', factor: older },
      { type: 'add-factor', factor: newer },
      adding({ id: 'fac_3', userId: 'bob' }),
    );
    assert.deepEqual(await store.factors.list('ada'), [older, newer]);
    await write({ type: 'use-factor', id: 'fac_0', at: 9 });
    assert.deepEqual(await store.factors.list('ada'), [older, { ...newer, lastUsedAt: 9 }]);
    assert.deepEqual(await store.factors.list('eve'), []);
  });

  test(`${name}: users are counted per index, each once`, async () => {
    const { store, write } = await begin();
    await write(adding(), adding({ id: 'fac_2', userId: 'bob' }), adding({ id: 'fac_3', index: 'other' }));
    assert.equal(await store.factors.countUsers('sms', 'index'), 2);
    assert.equal(await store.factors.countUsers('sms', 'other'), 1);
    assert.equal(await store.factors.countUsers('totp', 'index'), 0);
  });

  test(`${name}: a user holds one factor of a type under an index, and any number without one`, async () => {
    const { commit, write } = await begin();
    await write(adding());
    assert.deepEqual(await commit(adding({ id: 'fac_2' })), lostFactor);
    await write(adding({ id: 'fac_3', type: 'email' }), adding({ id: 'fac_4', index: 'other' }));
    await write(adding({ id: 'fac_5', index: null }), adding({ id: 'fac_6', index: null }));
    await write(adding({ id: 'fac_7', userId: 'bob' }));
  });

  test(`${name}: what is sole is held by one user, of its type and index, until it is removed`, async () => {
    const { store, commit, write } = await begin();
    const sole = factorRow({ isSole: true });
    await write({ type: 'add-factor', factor: sole });
    assert.deepEqual(await store.factors.list('ada'), [sole]);
    const bobs = adding({ id: 'fac_2', userId: 'bob', isSole: true });
    assert.deepEqual(await commit(bobs), lostFactor);
    await write(adding({ id: 'fac_3', userId: 'bob', isSole: true, index: 'other' }));
    await write(adding({ id: 'fac_4', userId: 'bob', isSole: true, type: 'email' }));
    await write(bobs, { type: 'remove-factor', id: 'fac_1' });
    assert.deepEqual(await commit(adding({ isSole: true })), lostFactor);
  });

  test(`${name}: a factor is replaced in one commit, in either order of writing it`, async () => {
    const { store, write } = await begin();
    await write(adding({ spent: ['one'] }));
    await write(adding({ id: 'fac_2' }), { type: 'remove-factor', id: 'fac_1' });
    await write({ type: 'remove-factor', id: 'fac_2' }, adding({ id: 'fac_3' }));
    assert.deepEqual(await store.factors.list('ada'), [factorRow({ id: 'fac_3' })]);
  });

  test(`${name}: what is sealed in a factor is replaced, with the key that sealed it, and nothing else of it`, async () => {
    const { store, write } = await begin();
    await write(adding(), adding({ id: 'fac_2', index: null }));
    await write({ type: 'reseal-factor', id: 'fac_1', sealed: 'anew', keyId: 'newer' });
    const rows = [factorRow({ sealed: 'anew', keyId: 'newer' }), factorRow({ id: 'fac_2', index: null })];
    assert.deepEqual(await store.factors.list('ada'), rows);
  });

  test(`${name}: a mark is spent once, and only while the factor is there`, async () => {
    const { store, commit, write } = await begin();
    await write(adding(), adding({ id: 'fac_2', index: null }));
    await write(spending('y'));
    assert.deepEqual(await commit(spending('y', { at: 2 })), lostMark);
    await write(spending('x', { at: 2 }), spending('y', { factorId: 'fac_2' }));
    assert.deepEqual((await store.factors.list('ada'))[0]?.spent, ['y', 'x']);
    assert.deepEqual(await commit(spending('z', { factorId: 'fac_0' })), lostMark);
    assert.deepEqual(await commit(spending('z'), { type: 'remove-factor', id: 'fac_1' }), lostMark);
    await write({ type: 'remove-factor', id: 'fac_1' });
    assert.deepEqual(await commit(spending('z')), lostMark);
  });

  test(`${name}: a counter only rises, and only while the factor is there`, async () => {
    const { store, commit, write } = await begin();
    const advance = (to: number) => ({ type: 'advance', factorId: 'fac_1', to }) as const;
    await write(adding({ counter: 4 }));
    assert.deepEqual(await commit(advance(4)), lostMark);
    await write(advance(5));
    assert.deepEqual(await commit(advance(5)), lostMark);
    assert.deepEqual(await commit(advance(3)), lostMark);
    assert.equal((await store.factors.list('ada'))[0]?.counter, 5);
    assert.deepEqual(await commit(advance(6), { type: 'remove-factor', id: 'fac_1' }), lostMark);
    await write({ type: 'remove-factor', id: 'fac_1' });
    assert.deepEqual(await commit(advance(6)), lostMark);
  });
};
