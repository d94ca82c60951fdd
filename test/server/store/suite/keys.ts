import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Write } from '../../../../packages/server/src/store/store.ts';
import { adding, factorRow, flowRow, identifierRow, naming, outboxRow, saving, sessionRow } from './rows.ts';
import type { Begin } from './subject.ts';

const factor = { of: 'factor', id: 'fac_1', userId: 'ada', sealed: 'sealed' } as const;
const identifier = { of: 'identifier', type: 'email', index: 'index', sealed: 'sealed' } as const;
const rekey = (row: Extract<Write, { type: 'rekey' }>['row']): Write => ({
  type: 'rekey',
  row,
  sealed: 'anew',
  keyId: 'newer',
});

/** Rows and the keys that they were made with. */
export const keySuite = (name: string, begin: Begin): void => {
  test(`${name}: what other keys have sealed is found, some at a time, and sealed anew`, async () => {
    const { store, write } = await begin();
    await write(adding(), adding({ id: 'fac_2', index: null, keyId: 'newer' }), naming());
    assert.deepEqual(await store.keys.sealedByOthers('newer', 5), [factor, identifier]);
    assert.deepEqual(await store.keys.sealedByOthers('key', 5), [{ ...factor, id: 'fac_2' }]);
    assert.equal((await store.keys.sealedByOthers('third', 1)).length, 2);
    await write(rekey(factor), rekey(identifier));
    const anew = { sealed: 'anew', keyId: 'newer' };
    assert.deepEqual((await store.factors.list('ada'))[0], factorRow(anew));
    assert.deepEqual(await store.users.identifiers('ada'), [identifierRow(anew)]);
    assert.deepEqual(await store.keys.sealedByOthers('newer', 5), []);
  });

  test(`${name}: what was changed meanwhile, or is gone, is not sealed anew`, async () => {
    const { store, write } = await begin();
    await write(adding(), naming());
    await write({ type: 'reseal-factor', id: 'fac_1', sealed: 'changed', keyId: 'key' });
    await write(rekey(factor), rekey({ ...factor, id: 'gone' }), rekey({ ...identifier, sealed: 'other' }));
    assert.deepEqual(await store.factors.list('ada'), [factorRow({ sealed: 'changed' })]);
    assert.deepEqual(await store.users.identifiers('ada'), [identifierRow()]);
  });

  test(`${name}: the keys in use are those of what is kept, and of what was begun lately`, async () => {
    const { store, write } = await begin();
    await write(adding({ keyId: 'a' }), naming({ keyId: 'b' }), { type: 'post', message: outboxRow({ keyId: 'c' }) });
    await store.flows.insert(flowRow({ id: 'flw_2', tokenHash: 'two', keyId: 'd', createdAt: 10 }));
    await write(saving({ keyId: 'e', sentAt: 20 }));
    assert.deepEqual(await store.keys.inUse(9), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(await store.keys.inUse(10), ['a', 'b', 'c', 'e']);
    assert.deepEqual(await store.keys.inUse(20), ['a', 'b', 'c']);
  });

  test(`${name}: a session is there until it is ended`, async () => {
    const { store, write } = await begin();
    await write({ type: 'add-session', session: sessionRow() });
    assert.deepEqual([await store.sessions.exists('ses_1'), await store.sessions.exists('ses_2')], [true, false]);
    await write({ type: 'end-session', tokenHash: 'token' });
    assert.equal(await store.sessions.exists('ses_1'), false);
  });
};
