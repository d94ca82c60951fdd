import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChallengeRow, FactorRow, FlowRow } from '../../../packages/server/src/store/rows.ts';
import type { Store, Write } from '../../../packages/server/src/store/store.ts';

const flowRow = (part: Partial<FlowRow> = {}): FlowRow => ({
  id: 'flw_1',
  tokenHash: 'hash',
  browserHash: null,
  kind: 'verify',
  userId: 'ada',
  audience: 'a',
  nonce: 'n',
  factor: null,
  firstFactor: { amr: ['pwd'], at: 0 },
  origin: null,
  locale: 'en',
  position: { name: 'begun' },
  proved: [],
  lastAction: null,
  createdAt: 0,
  idleAt: 1000,
  version: 1,
  ...part,
});

const challengeRow = (part: Partial<ChallengeRow> = {}): ChallengeRow => ({
  id: 'chl_1',
  scope: 'scope',
  purpose: 'verify',
  userId: 'ada',
  factorId: null,
  usage: 'MfaVerification',
  channel: 'sms',
  destinationSealed: 'sealed',
  destinationIndex: 'index',
  keyId: 'key',
  generation: 1,
  sends: 1,
  codeHash: 'code',
  superseded: [],
  sentAt: 0,
  expiresAt: 1000,
  delivery: 'unknown',
  retryAt: null,
  tries: [],
  usedAt: null,
  ...part,
});

const factorRow = (part: Partial<FactorRow> = {}): FactorRow => ({
  id: 'fac_1',
  userId: 'ada',
  type: 'sms',
  sealed: 'sealed',
  index: 'index',
  keyId: 'key',
  createdAt: 0,
  lastUsedAt: null,
  ...part,
});

const slot = (at: number, part: Partial<Extract<Write, { type: 'take-slot' }>> = {}): Write => ({
  type: 'take-slot',
  key: 'k',
  max: 2,
  window: 100,
  at,
  ...part,
});

/** What every store must do; an adapter's own test only says how to make one. */
export const storeSuite = (name: string, create: () => Promise<Store>): void => {
  const withFlow = async () => {
    const store = await create();
    await store.flows.insert(flowRow());
    let version = 1;
    const commit = async (...writes: Write[]) => {
      const committed = await store.flows.commit(flowRow({ version: version + 1 }), writes);
      if (committed.done) version += 1;
      return committed;
    };
    return { store, commit };
  };

  test(`${name}: a flow is found by its token, as it was written, and unknown ones are null`, async () => {
    const { store } = await withFlow();
    assert.deepEqual(await store.flows.findByToken('hash'), flowRow());
    assert.equal(await store.flows.findByToken('other'), null);
  });

  test(`${name}: a row that was read can be changed without changing the store`, async () => {
    const { store } = await withFlow();
    const row = await store.flows.findByToken('hash');
    assert.ok(row);
    row.userId = 'eve';
    assert.equal((await store.flows.findByToken('hash'))?.userId, 'ada');
  });

  test(`${name}: of two commits of the same version the second is lost`, async () => {
    const { store } = await withFlow();
    assert.deepEqual(await store.flows.commit(flowRow({ version: 2 }), []), { done: true });
    assert.deepEqual(await store.flows.commit(flowRow({ version: 2 }), []), { done: false, lost: 'flow' });
  });

  test(`${name}: a commit that loses one condition changes nothing`, async () => {
    const { store, commit } = await withFlow();
    await commit({ type: 'save-challenge', challenge: challengeRow(), expected: null });
    await commit({ type: 'use-challenge', id: 'chl_1', at: 5 });
    const lost = await commit({ type: 'add-factor', factor: factorRow() }, slot(0), {
      type: 'use-challenge',
      id: 'chl_1',
      at: 6,
    });
    assert.deepEqual(lost, { done: false, lost: 'challenge' });
    assert.deepEqual(await store.factors.list('ada'), []);
    assert.equal((await store.challenges.find('chl_1'))?.usedAt, 5);
    assert.deepEqual(await commit(slot(0), slot(0, { key: 'other' })), { done: true });
  });

  test(`${name}: a scope has at most one unused challenge`, async () => {
    const { store, commit } = await withFlow();
    assert.equal((await commit({ type: 'save-challenge', challenge: challengeRow(), expected: null })).done, true);
    const second = challengeRow({ id: 'chl_2' });
    assert.deepEqual(await commit({ type: 'save-challenge', challenge: second, expected: null }), {
      done: false,
      lost: 'challenge',
    });
    assert.deepEqual(await commit({ type: 'save-challenge', challenge: second, expected: 1 }), {
      done: false,
      lost: 'challenge',
    });
    const newer = challengeRow({ generation: 2 });
    assert.equal((await commit({ type: 'save-challenge', challenge: newer, expected: 1 })).done, true);
    assert.deepEqual(await commit({ type: 'save-challenge', challenge: newer, expected: 1 }), {
      done: false,
      lost: 'challenge',
    });
    assert.equal((await store.challenges.findUnused('scope'))?.generation, 2);
    await commit({ type: 'use-challenge', id: 'chl_1', at: 1 });
    assert.equal(await store.challenges.findUnused('scope'), null);
    assert.equal((await commit({ type: 'save-challenge', challenge: second, expected: null })).done, true);
  });

  test(`${name}: B1: of 100 tries at the same moment exactly as many count as the code has`, async () => {
    const { store, commit } = await withFlow();
    await commit({ type: 'save-challenge', challenge: challengeRow(), expected: null });
    const tries = Array.from({ length: 100 }, (_, i) =>
      store.challenges.countTry({ id: 'chl_1', generation: 1 }, { action: `a${i}`, digest: 'd' }, 5),
    );
    const counted = (await Promise.all(tries)).flatMap((result) => (result.type === 'counted' ? [result.number] : []));
    assert.deepEqual(counted.toSorted(), [1, 2, 3, 4, 5]);
    assert.equal((await store.challenges.find('chl_1'))?.tries.length, 5);
  });

  test(`${name}: the same try is counted once, however often it comes, and another one under its id is told apart`, async () => {
    const { store, commit } = await withFlow();
    await commit({ type: 'save-challenge', challenge: challengeRow(), expected: null });
    const count = (action: string, digest: string, generation = 1) =>
      store.challenges.countTry({ id: 'chl_1', generation }, { action, digest }, 2);
    assert.deepEqual(await count('a', 'x'), { type: 'counted', number: 1 });
    assert.deepEqual(await count('a', 'x'), { type: 'repeated', number: 1 });
    assert.deepEqual(await count('a', 'y'), { type: 'reused' });
    assert.deepEqual(await count('b', 'y'), { type: 'counted', number: 2 });
    assert.deepEqual(await count('c', 'y'), { type: 'exceeded' });
    assert.deepEqual(await count('a', 'x'), { type: 'repeated', number: 1 });
    assert.deepEqual(await count('a', 'x', 2), { type: 'superseded' });
  });

  test(`${name}: a slot is free again when the oldest of the window has left it`, async () => {
    const { commit } = await withFlow();
    assert.equal((await commit(slot(0))).done, true);
    assert.equal((await commit(slot(40))).done, true);
    assert.deepEqual(await commit(slot(99)), { done: false, lost: 'slot', retryAt: 100 });
    assert.equal((await commit(slot(100))).done, true);
    assert.deepEqual(await commit(slot(139)), { done: false, lost: 'slot', retryAt: 140 });
  });

  test(`${name}: what became of a message is noted for the code it carried, and no newer one`, async () => {
    const { store, commit } = await withFlow();
    await commit({ type: 'save-challenge', challenge: challengeRow({ generation: 2 }), expected: null });
    await store.challenges.setDelivery({ id: 'chl_1', generation: 1 }, 'failed', 7);
    assert.equal((await store.challenges.find('chl_1'))?.delivery, 'unknown');
    await store.challenges.setDelivery({ id: 'chl_1', generation: 2 }, 'failed', 7);
    const row = await store.challenges.find('chl_1');
    assert.deepEqual([row?.delivery, row?.retryAt], ['failed', 7]);
  });

  test(`${name}: factors are listed per user, and counted per index over users`, async () => {
    const { store, commit } = await withFlow();
    await commit(
      { type: 'add-factor', factor: factorRow() },
      { type: 'add-factor', factor: factorRow({ id: 'fac_2' }) },
    );
    await commit({ type: 'add-factor', factor: factorRow({ id: 'fac_3', userId: 'bob' }) });
    await commit({ type: 'use-factor', id: 'fac_1', at: 9 });
    const held = (await store.factors.list('ada')).map(({ id, lastUsedAt }) => [id, lastUsedAt]);
    assert.deepEqual(held, [
      ['fac_1', 9],
      ['fac_2', null],
    ]);
    assert.equal(await store.factors.countUsers('sms', 'index'), 2);
    assert.equal(await store.factors.countUsers('totp', 'index'), 0);
  });

  test(`${name}: a user is made once, and turned on by a commit`, async () => {
    const { store, commit } = await withFlow();
    assert.deepEqual(await store.users.ensure('ada', 1), { id: 'ada', mfaEnabled: false, createdAt: 1 });
    await commit({ type: 'turn-on', userId: 'ada' });
    assert.deepEqual(await store.users.ensure('ada', 2), { id: 'ada', mfaEnabled: true, createdAt: 1 });
  });

  test(`${name}: a flow that is taken over ends, unless it moved on meanwhile`, async () => {
    const { store, commit } = await withFlow();
    await store.flows.insert(flowRow({ id: 'flw_2', tokenHash: 'old', version: 3 }));
    assert.deepEqual(await commit({ type: 'end-flow', id: 'flw_2', version: 2 }), { done: false, lost: 'flow' });
    assert.equal((await commit({ type: 'end-flow', id: 'flw_2', version: 3 })).done, true);
    assert.deepEqual((await store.flows.findByToken('old'))?.position, { name: 'ended' });
  });

  test(`${name}: a proof is redeemed by one of many`, async () => {
    const { store } = await withFlow();
    const redeemed = await Promise.all(Array.from({ length: 50 }, () => store.proofs.redeem('jti', 1)));
    assert.equal(redeemed.filter(Boolean).length, 1);
  });

  test(`${name}: settings are null until they are written`, async () => {
    const { store } = await withFlow();
    assert.equal(await store.settings.read(), null);
    await store.settings.write({ appName: 'Acme' });
    assert.deepEqual(await store.settings.read(), { appName: 'Acme' });
  });
};
