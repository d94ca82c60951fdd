import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifierRow, naming, sessionRow, userRow } from './rows.ts';
import type { Begin } from './subject.ts';

export const userSuite = (name: string, begin: Begin): void => {
  test(`${name}: a user is made once, and kept as it was`, async () => {
    const { store, write } = await begin();
    const made = { id: 'eve', passwordHash: null, mfaEnabled: false, skipped: [], defaultFactor: null, createdAt: 1 };
    assert.equal(await store.users.find('eve'), null);
    assert.deepEqual(await store.users.ensure('eve', 1), made);
    await write({ type: 'turn-on', userId: 'eve' });
    assert.deepEqual(await store.users.ensure('eve', 2), { ...made, mfaEnabled: true });
    assert.deepEqual(await store.users.find('eve'), { ...made, mfaEnabled: true });
  });

  test(`${name}: a user is added with an address and a session, in any order, and found by the address`, async () => {
    const { store, write } = await begin();
    const user = userRow({ mfaEnabled: true, skipped: ['suggestion'] });
    const session = sessionRow({ userId: 'eve' });
    await write({ type: 'add-session', session }, naming({ userId: 'eve' }), { type: 'add-user', user });
    assert.deepEqual(await store.users.findByIdentifier('email', 'index'), user);
    assert.deepEqual(await store.users.find('eve'), user);
    assert.deepEqual(await store.sessions.find('token'), session);
    assert.equal(await store.users.findByIdentifier('phone', 'index'), null);
    assert.equal(await store.users.findByIdentifier('email', 'other'), null);
  });

  test(`${name}: a password takes the place of the one that it names, or of whichever there is`, async () => {
    const { store, commit, write } = await begin();
    const user = userRow({ passwordHash: 'first' });
    await write({ type: 'add-user', user });
    const setting = (passwordHash: string, replaces: string | null) =>
      ({ type: 'set-password', userId: 'eve', passwordHash, replaces }) as const;
    await write(setting('second', 'first'));
    assert.deepEqual(await commit(setting('third', 'first')), { done: false, lost: 'password' });
    assert.equal((await store.users.find('eve'))?.passwordHash, 'second');
    await write(setting('third', null));
    assert.equal((await store.users.find('eve'))?.passwordHash, 'third');
    const nobodys = { ...setting('new', 'first'), userId: 'nobody' };
    assert.deepEqual(await commit(nobodys), { done: false, lost: 'password' });
  });

  test(`${name}: an address names one user`, async () => {
    const { store, commit, write } = await begin();
    await write(naming());
    const lost = { done: false, lost: 'identifier' };
    assert.deepEqual(await commit(naming({ userId: 'bob' })), lost);
    assert.deepEqual(await commit(naming()), lost);
    await write(naming({ userId: 'bob', type: 'phone' }));
    assert.equal((await store.users.findByIdentifier('email', 'index'))?.id, 'ada');
    assert.equal((await store.users.findByIdentifier('phone', 'index'))?.id, 'bob');
  });

  test(`${name}: an address that nobody proved gives way to whoever proves it, and to nobody else`, async () => {
    const { store, commit, write } = await begin();
    await write(naming({ verifiedAt: null }));
    assert.equal((await commit(naming({ userId: 'bob', verifiedAt: null }))).done, false);
    await write(naming({ userId: 'bob', verifiedAt: 7 }));
    assert.equal((await store.users.findByIdentifier('email', 'index'))?.id, 'bob');
    assert.deepEqual(await store.users.identifiers('ada'), []);
    assert.deepEqual(await store.users.identifiers('bob'), [identifierRow({ userId: 'bob', verifiedAt: 7 })]);
    assert.equal((await commit(naming({ verifiedAt: 8 }))).done, false);
  });

  test(`${name}: a user's addresses come oldest first, as they were written`, async () => {
    const { store, write } = await begin();
    const newer = identifierRow({ createdAt: 5, verifiedAt: 6 });
    const older = identifierRow({ type: 'phone', createdAt: 4 });
    await write({ type: 'add-identifier', identifier: newer }, { type: 'add-identifier', identifier: older });
    assert.deepEqual(await store.users.identifiers('ada'), [older, newer]);
    assert.deepEqual(await store.users.identifiers('bob'), []);
  });

  test(`${name}: what a user declines is kept once; of nobody nothing is`, async () => {
    const { store, write } = await begin();
    for (const mark of ['turn-on', 'suggestion', 'turn-on'] as const)
      await write({ type: 'skip', userId: 'ada', mark });
    await write({ type: 'skip', userId: 'nobody', mark: 'setup' }, { type: 'turn-on', userId: 'nobody' });
    assert.deepEqual((await store.users.find('ada'))?.skipped.toSorted(), ['suggestion', 'turn-on']);
    assert.equal(await store.users.find('nobody'), null);
  });

  test(`${name}: a session is found, expired or not, until it ends`, async () => {
    const { store, write } = await begin();
    await write({ type: 'add-session', session: sessionRow({ expiresAt: 0 }) });
    assert.deepEqual(await store.sessions.find('token'), sessionRow({ expiresAt: 0 }));
    await write({ type: 'end-session', tokenHash: 'other' });
    assert.notEqual(await store.sessions.find('token'), null);
    await write({ type: 'end-session', tokenHash: 'token' });
    assert.equal(await store.sessions.find('token'), null);
    await write({ type: 'end-session', tokenHash: 'token' });
  });
};
