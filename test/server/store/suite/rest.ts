import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FailureRow } from '../../../../packages/server/src/store/store.ts';
import { anybody, factorRow, failure } from './rows.ts';
import type { Begin } from './subject.ts';

const minute = 60_000;

export const restSuite = (name: string, begin: Begin): void => {
  test(`${name}: failures are counted per row, by the rule, and forgotten on request`, async () => {
    const { store, write } = await begin();
    let made = 0;
    const count = (at: number, row: Partial<FailureRow> = {}, action = String((made += 1))) =>
      store.failures.count({ ...anybody, ...row }, failure(action, { at }));
    const allowed = (number: number) => ({ type: 'allowed', number });
    const wait = (minutes: number) => ({ type: 'wait', retryAt: minutes * minute });
    for (let i = 1; i <= 10; i += 1) assert.deepEqual(await count(0), allowed(i));
    // Sent again because its answer got lost.
    assert.deepEqual(await count(1, {}, '10'), allowed(10));
    assert.deepEqual(await count(1), wait(1));
    assert.deepEqual(await count(1, { subject: 'other' }), allowed(1));
    assert.deepEqual(await count(1, { browser: 'known' }), allowed(1));
    assert.deepEqual(await count(minute), allowed(11));
    assert.deepEqual(await count(minute), wait(3));
    await write({ type: 'forget-failures', subject: 'k', browser: '' });
    await write({ type: 'forget-failures', subject: 'unknown', browser: null });
    assert.deepEqual(await count(minute), allowed(1));
    assert.deepEqual(await count(minute, { browser: 'known' }), allowed(2), 'another row was not touched');
    await write({ type: 'forget-failures', subject: 'k', browser: null });
    assert.deepEqual(await count(minute, { browser: 'known' }), allowed(1));
  });

  test(`${name}: misses are kept with their factor, once for each action, up to the most it may have`, async () => {
    const { store, write } = await begin();
    await write({ type: 'add-factor', factor: factorRow() });
    const missesNow = async () => (await store.factors.list('ada'))[0]?.misses;
    const miss = async (action: string, at: number, browser = 'b') =>
      (await store.failures.count({ ...anybody, subject: action }, failure(action, { at, miss: { ...kept, browser } })))
        .type;
    const kept = { factorId: 'fac_1', max: 3 };
    assert.deepEqual([await miss('1', 10), await miss('1', 10), await missesNow()], ['allowed', 'allowed', 1]);
    assert.deepEqual([await miss('2', 20), await miss('3', 30, 'other')], ['allowed', 'allowed']);
    assert.deepEqual([await miss('4', 40), await missesNow()], ['exhausted', 3]);
    const forget = { type: 'forget-misses', factorId: 'fac_1' } as const;
    await write({ ...forget, browser: 'none', action: '2', before: 20 });
    assert.equal(await missesNow(), 1, 'the old one and that of the action are gone');
    await write({ ...forget, browser: 'other', action: '', before: 0 });
    assert.equal(await missesNow(), 0);
    await miss('5', 50);
    await write({ ...forget, browser: '', action: '', before: Infinity });
    assert.equal(await missesNow(), 0);
    assert.equal(await miss('6', 60), 'allowed');
    await write({ type: 'remove-factor', id: 'fac_1' });
    assert.equal(await miss('7', 70), 'allowed', 'nothing is kept for a factor that is gone');
  });

  test(`${name}: a browser is known to the user who was let in there`, async () => {
    const { store, write } = await begin();
    const isKnown = () => Promise.all(['ada', 'bob'].map((userId) => store.browsers.isKnown(userId, 'b')));
    assert.deepEqual(await isKnown(), [false, false]);
    for (const at of [1, 2]) await write({ type: 'know-browser', userId: 'ada', browser: 'b', at });
    assert.deepEqual(await isKnown(), [true, false]);
  });

  test(`${name}: changes outside flows are all done, or none of them`, async () => {
    const { store } = await begin();
    const skip = { type: 'skip', userId: 'ada', mark: 'setup' } as const;
    const gone = { type: 'use-factor', id: 'fac_unknown', at: 1 } as const;
    assert.deepEqual(await store.changes.commit([skip, gone]), { done: false, lost: 'factor' });
    assert.deepEqual((await store.users.find('ada'))?.skipped, []);
    assert.deepEqual(await store.changes.commit([skip]), { done: true });
    assert.deepEqual((await store.users.find('ada'))?.skipped, ['setup']);
    await store.changes.commit([{ type: 'forget-skips', userId: 'ada' }]);
    assert.deepEqual((await store.users.find('ada'))?.skipped, []);
  });

  test(`${name}: a proof is redeemed once`, async () => {
    const { store } = await begin();
    assert.equal(await store.proofs.redeem('jti', 1), true);
    assert.equal(await store.proofs.redeem('jti', 1), false);
    assert.equal(await store.proofs.redeem('other', 1), true);
  });

  test(`${name}: settings are null until they are written, and then the ones written last`, async () => {
    const { store } = await begin();
    assert.equal(await store.settings.read(), null);
    await store.settings.write({ appName: 'Acme', factors: ['sms'] });
    assert.deepEqual(await store.settings.read(), { appName: 'Acme', factors: ['sms'] });
    await store.settings.write({ appName: 'Other' });
    assert.deepEqual(await store.settings.read(), { appName: 'Other' });
  });
};
