import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Begin } from './subject.ts';

const minute = 60_000;

export const restSuite = (name: string, begin: Begin): void => {
  test(`${name}: failures are counted per key, by the rule, and forgotten on request`, async () => {
    const { store, write } = await begin();
    let made = 0;
    const count = (at: number, key = 'k', action = String((made += 1))) => store.failures.count(key, { at, action });
    for (let i = 0; i < 10; i += 1) assert.deepEqual(await count(0), { allowed: true });
    // Sent again because its answer got lost.
    assert.deepEqual(await count(1, 'k', '10'), { allowed: true });
    assert.deepEqual(await count(1), { allowed: false, retryAt: minute });
    assert.deepEqual(await count(1, 'other'), { allowed: true });
    assert.deepEqual(await count(minute), { allowed: true });
    assert.deepEqual(await count(minute), { allowed: false, retryAt: 3 * minute });
    await write({ type: 'forget-failures', key: 'k' }, { type: 'forget-failures', key: 'unknown' });
    for (let i = 0; i < 10; i += 1) assert.deepEqual(await count(minute), { allowed: true });
    assert.deepEqual(await count(minute), { allowed: false, retryAt: 2 * minute });
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
