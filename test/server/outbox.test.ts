import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Connector, SendError } from '@countersign/core/connector';
import { createKey, inPage, type Store } from '@countersign/server';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { type Life, mortalStore } from '../support/mortal-store.ts';
import { ada, goOn, mandatory } from '../support/primary.ts';
import { stores } from '../support/stores.ts';

const phone = '+31612345678';
const lease = 36_000;

/** A message as the provider has it. */
interface Taken {
  to: string;
  text: string;
  idempotencyKey: string;
}

type Moment = 'before the call' | 'during it, with nothing taken' | 'during it, with the message taken' | 'after it';
const moments: Moment[] = [
  'before the call',
  'during it, with nothing taken',
  'during it, with the message taken',
  'after it',
];

/** A provider that two processes call, of which one dies at a moment of its first message. */
const providerOf = (taken: Taken[], life: Life, moment: Moment | null): Connector[] => {
  const send: Connector['send'] = async ({ to, text, idempotencyKey }) => {
    life.isOver ||= moment === 'before the call' || moment === 'during it, with nothing taken';
    if (life.isOver) throw new Error('the process has died');
    taken.push({ to, text, idempotencyKey });
    life.isOver = moment !== null;
    if (moment === 'during it, with the message taken') throw new Error('the process has died');
  };
  return (['sms', 'email'] as const).map((channel) => ({ id: channel, channel, send }));
};

/** Two processes on one store, the first of which dies; the visitor is in one browser, whoever answers. */
const processes = async (open: () => Promise<Store>, moment: Moment) => {
  const store = await open();
  const keys = [await createKey()] as const;
  const taken: Taken[] = [];
  const life: Life = { isOver: false };
  const shared = { keys, settings: mandatory, report: () => {} };
  const mortal = await createTestKit({
    ...shared,
    store: mortalStore(store, life),
    connectors: providerOf(taken, life, moment),
  });
  const connectors = providerOf(taken, { isOver: false }, null);
  const other = await createTestKit({ ...shared, store, connectors, seed: 2 });
  const whoever = {
    ...other.backend,
    handle: (...given: Parameters<TestKit['backend']['handle']>) =>
      (life.isOver ? other : mortal).backend.handle(...given),
  };
  const visitor = mortal.visitor(inPage(whoever, { origin: mortal.origin }));
  const codeOf = (text = ''): string => /\d{6}/u.exec(text)?.[0] ?? '';
  return { mortal, other, visitor, taken, store, lastCode: () => codeOf(taken.at(-1)?.text) };
};

const keysOf = (taken: readonly Taken[]): number => new Set(taken.map(({ idempotencyKey }) => idempotencyKey)).size;

for (const [name, open] of stores) {
  for (const moment of moments) {
    test(`${name}: N8: a code whose sender dies ${moment} is one message in the end, and its owner goes on`, async () => {
      const { mortal, other, visitor, taken, lastCode } = await processes(open, moment);
      await visitor.claim((await mortal.begin({ kind: 'setup' })).token);
      const action = { type: 'submit-phone', phone, id: visitor.newId(), step: visitor.flow.step.id };
      assert.equal((await visitor.act(action)).status, 500);
      assert.equal(await other.backend.outbox.run(), 0, 'the sender may live');
      assert.ok(taken.length <= 1);
      assert.equal((await visitor.act(action)).status, 200, 'the same action, sent again, finds it done');
      other.clock.advance(lease);
      assert.equal(await other.backend.outbox.run(), 1);
      assert.equal(keysOf(taken), 1);
      assert.equal(await other.backend.outbox.run(), 0);
      const step = await visitor.act({ type: 'submit-code', code: lastCode() });
      assert.equal(step.flow.step.name, 'save-backup-codes');
    });

    test(`${name}: E7, N8: a notice whose sender dies ${moment} reaches the user all the same`, async () => {
      const { mortal, other, visitor, taken, store } = await processes(open, moment);
      await store.users.ensure('ada', 0);
      const verifiedAt = mortal.clock.now();
      await other.begin({
        userId: 'ada',
        kind: 'setup',
        identifiers: [{ type: 'email', value: ada.value, verifiedAt }],
      });
      const pass = mortal.backend.users.issuePass('ada', { actor: 'eve', reason: 'lost phone' });
      await assert.rejects(pass);
      other.clock.advance(lease);
      assert.equal(await other.backend.outbox.run(), 1);
      assert.deepEqual([keysOf(taken), taken.at(-1)?.to], [1, ada.value]);
      assert.equal(await other.backend.outbox.run(), 0);
      assert.throws(() => visitor.flow);
    });
  }

  test(`${name}: N8: a code that was replaced, was used or has expired is not sent any more`, async () => {
    const { mortal, other, visitor, taken, lastCode } = await processes(open, 'before the call');
    await visitor.claim((await mortal.begin({ kind: 'setup' })).token);
    const action = { type: 'submit-phone', phone, id: visitor.newId(), step: visitor.flow.step.id };
    await visitor.act(action);
    await visitor.act(action);
    other.clock.advance(61_000);
    assert.equal((await visitor.act({ type: 'resend' })).status, 200);
    assert.equal(taken.length, 1);
    assert.equal(await other.backend.outbox.run(), 0, 'the lost one was replaced');
    await visitor.act({ type: 'submit-code', code: lastCode() });
    other.clock.advance(600_000);
    assert.deepEqual([await other.backend.outbox.run(), taken.length], [0, 1]);
  });

  test(`${name}: N8: an expired code stays unsent`, async () => {
    const { mortal, other, visitor, taken } = await processes(open, 'before the call');
    await visitor.claim((await mortal.begin({ kind: 'setup' })).token);
    await visitor.act({ type: 'submit-phone', phone });
    other.clock.advance(300_000);
    assert.deepEqual([await other.backend.outbox.run(), taken], [0, []]);
  });

  test(`${name}: N8: of many who look at the same moment one hands a message over`, async () => {
    const { mortal, other, visitor, taken } = await processes(open, 'before the call');
    await visitor.claim((await mortal.begin({ kind: 'setup' })).token);
    await visitor.act({ type: 'submit-phone', phone });
    other.clock.advance(lease);
    const handed = await Promise.all(Array.from({ length: 10 }, () => other.backend.outbox.run()));
    assert.deepEqual([handed.reduce((sum, count) => sum + count, 0), taken.length], [1, 1]);
  });

  test(`${name}: what waits in the outbox can't be read, and nothing waits once it is sent`, async () => {
    const { mortal, visitor, store, other } = await processes(open, 'after it');
    await visitor.claim((await mortal.begin({ kind: 'setup' })).token);
    await visitor.act({ type: 'submit-phone', phone });
    const row = await store.outbox.lease(Infinity, 0);
    assert.ok(row !== null && !/612345678|Acme/u.test(JSON.stringify(row)));
    other.clock.advance(lease);
    await other.backend.outbox.run();
    assert.equal(await store.outbox.lease(Number.MAX_SAFE_INTEGER, 0), null);
  });

  test(`${name}: a notice that the provider refuses is tried again, five times in all`, async () => {
    let tries = 0;
    const refusing: Connector = {
      id: 'refusing',
      channel: 'email',
      async send() {
        tries += 1;
        throw new SendError('failed', 'no credit');
      },
    };
    const settings = { appName: 'Acme', factors: ['totp'] };
    const kit = await createTestKit({ store: await open(), connectors: [refusing], settings, report: () => {} });
    const verifiedAt = kit.clock.now();
    await kit.begin({ kind: 'setup', identifiers: [{ type: 'email', value: ada.value, verifiedAt }] });
    await kit.backend.users.issuePass('ada', { actor: 'eve', reason: 'lost phone' });
    for (let round = 0; round < 8; round += 1) {
      kit.clock.advance(lease);
      await kit.backend.outbox.run();
    }
    assert.equal(tries, 5);
  });

  test(`${name}: for an address that nobody has nothing is left waiting`, async () => {
    const settings = { ...mandatory, signIn: { identifiers: ['email' as const], methods: ['code' as const] } };
    const store = await open();
    const kit = await createTestKit({ store, settings });
    const visitor = kit.visitor();
    await visitor.begin('sign-in');
    await goOn(kit, visitor, { until: 'enter-code' });
    kit.clock.advance(lease);
    assert.equal(await kit.backend.outbox.run(), 0);
    assert.deepEqual([kit.inbox.messages, await store.outbox.lease(Number.MAX_SAFE_INTEGER, 0)], [[], null]);
  });
}

test('M6: a connector is given the address, the text, what it is for and a key, and nothing of the user', async () => {
  const given: object[] = [];
  const sms: Connector = { id: 'sms', channel: 'sms', send: async (message) => void given.push(message) };
  const kit = await createTestKit({ connectors: [sms] });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-phone', phone });
  assert.deepEqual(
    given.map((message) => Object.keys(message).toSorted()),
    [['idempotencyKey', 'signal', 'text', 'to', 'usage']],
  );
});
