import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowRow, Position } from '../../../../packages/server/src/store/rows.ts';
import { flowRow } from './rows.ts';
import type { Begin } from './subject.ts';

const positions: Position[] = [
  { name: 'begun' },
  { name: 'identify', id: 's', notice: 'user.email_already_in_use' },
  { name: 'enter-code', id: 's', challengeId: 'chl_1', channel: 'email' },
  { name: 'set-password', id: 's' },
  { name: 'choose-factor', id: 's', mode: 'setup', notice: null, suggestion: true },
  { name: 'setup-factor', id: 's', factor: 'totp', notice: null, state: { stage: 'secret', sealed: 'x', list: [1] } },
  { name: 'verify-factor', id: 's', factor: 'sms', factorId: 'fac_1', state: null },
  { name: 'blocked', id: 's', reason: 'sends-exhausted', retryAt: 5, factorId: 'fac_1' },
  { name: 'complete', id: 's', at: 1, result: { type: 'session', sessionId: 'ses_1' } },
  { name: 'ended' },
];

/** Every field that can be null is not. */
const full: Partial<FlowRow> = {
  browserHash: 'browser',
  kind: 'sign-up',
  factor: 'sms',
  identifier: { type: 'phone', sealed: 'sealed', index: 'index', verifiedAt: 7 },
  origin: 'https://app.example',
  proved: [
    { type: 'sms', factorId: 'fac_1', by: 'identified' },
    { type: 'passkey', factorId: 'fac_2', by: 'verified', amr: ['pop', 'user'] },
  ],
  skipped: ['turn-on', 'suggestion', 'setup'],
  lastAction: 'action',
};

/** Every field that can be null is. */
const empty: Partial<FlowRow> = { userId: null, host: null, firstFactor: null };

export const flowSuite = (name: string, begin: Begin): void => {
  test(`${name}: a flow is found by its token, as it was written, and unknown ones are null`, async () => {
    const { store } = await begin();
    assert.deepEqual(await store.flows.findByToken('hash'), flowRow());
    for (const [index, part] of [full, empty].entries()) {
      const row = flowRow({ id: `flw_${index}x`, tokenHash: `hash ${index}`, ...part });
      await store.flows.insert(row);
      assert.deepEqual(await store.flows.findByToken(row.tokenHash), row);
    }
    assert.equal(await store.flows.findByToken('other'), null);
  });

  test(`${name}: a flow stands where it was put`, async () => {
    const { store } = await begin();
    for (const [index, position] of positions.entries()) {
      const row = flowRow({ ...full, position, version: index + 2 });
      assert.deepEqual(await store.flows.commit(row, []), { done: true });
      assert.deepEqual(await store.flows.findByToken('hash'), row);
    }
  });

  test(`${name}: a flow is found by its new token only, once it has one`, async () => {
    const { store } = await begin();
    await store.flows.commit(flowRow({ tokenHash: 'new', version: 2 }), []);
    assert.equal(await store.flows.findByToken('hash'), null);
    assert.equal((await store.flows.findByToken('new'))?.id, 'flw_1');
  });

  test(`${name}: a row that was read can be changed without changing the store`, async () => {
    const { store } = await begin();
    const row = await store.flows.findByToken('hash');
    assert.ok(row);
    row.userId = 'eve';
    assert.equal((await store.flows.findByToken('hash'))?.userId, 'ada');
  });

  test(`${name}: of two commits of the same version the second is lost, and so is one of no flow`, async () => {
    const { store } = await begin();
    assert.deepEqual(await store.flows.commit(flowRow({ version: 2 }), []), { done: true });
    assert.deepEqual(await store.flows.commit(flowRow({ version: 2 }), []), { done: false, lost: 'flow' });
    const unknown = flowRow({ id: 'flw_0', version: 2 });
    assert.deepEqual(await store.flows.commit(unknown, []), { done: false, lost: 'flow' });
  });

  test(`${name}: a flow that is taken over ends, unless it moved on meanwhile`, async () => {
    const { store, commit } = await begin();
    await store.flows.insert(flowRow({ id: 'flw_2', tokenHash: 'old', version: 3 }));
    assert.deepEqual(await commit({ type: 'end-flow', id: 'flw_2', version: 2 }), { done: false, lost: 'flow' });
    assert.deepEqual(await commit({ type: 'end-flow', id: 'flw_2', version: 3 }), { done: true });
    const old = await store.flows.findByToken('old');
    assert.deepEqual([old?.position, old?.version], [{ name: 'ended' }, 4]);
    assert.deepEqual(await commit({ type: 'end-flow', id: 'flw_2', version: 3 }), { done: false, lost: 'flow' });
  });

  test(`${name}: all flows of a user end but the one that goes on, and nobody else's`, async () => {
    const { store, write } = await begin();
    const position = { name: 'turn-on', id: 's' } as const;
    const rows = [
      flowRow({ id: 'flw_2', tokenHash: 'one', version: 3, position }),
      flowRow({ id: 'flw_3', tokenHash: 'two', position }),
      flowRow({ id: 'flw_4', tokenHash: 'other', userId: 'bob', position }),
      flowRow({ id: 'flw_5', tokenHash: 'nobody', userId: null, position }),
    ];
    for (const row of rows) await store.flows.insert(row);
    const standing = () =>
      Promise.all(
        ['one', 'two', 'other', 'nobody'].map(async (token) => {
          const row = await store.flows.findByToken(token);
          return [row?.position.name, row?.version];
        }),
      );
    const others = [
      ['turn-on', 1],
      ['turn-on', 1],
    ];
    await write({ type: 'end-flows', userId: 'ada', except: 'flw_3' });
    assert.deepEqual(await standing(), [['ended', 4], ['turn-on', 1], ...others]);
    assert.deepEqual(await store.changes.commit([{ type: 'end-flows', userId: 'ada', except: null }]), { done: true });
    assert.deepEqual(await standing(), [['ended', 5], ['ended', 2], ...others]);
  });
};
