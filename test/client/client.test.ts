import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClientOptions, createClient, deadline } from '@countersign/client';
import { sms } from '@countersign/factors/sms/client';
import type { SmsContract } from '@countersign/factors/sms/contract';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { memoryStorage, connectedTabs } from './support.ts';

const clientOf = (kit: TestKit, options: Partial<ClientOptions<SmsContract>> = {}) =>
  createClient({
    factors: [sms()],
    kind: 'verify',
    begin: async () => (await kit.begin({ kind: options.kind === 'setup' ? 'setup' : 'verify' })).token,
    base: kit.base,
    fetch: kit.browser(),
    storage: null,
    channel: null,
    now: kit.clock.now,
    sleep: async () => {},
    ...options,
  });

test('a program binds and verifies a phone by calling actions', async () => {
  const kit = await createTestKit();
  const client = clientOf(kit);
  const first = await client.start();
  assert.ok(
    first.name === 'ready' && first.view.flow.step.name === 'setup-factor' && first.view.flow.step.stage === 'phone',
  );
  await client.act({ type: 'submit-phone', phone: '+31612345678' });
  const done = await client.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(done.name, 'complete');
});

test('subscribing gives the state at once, and each change after', async () => {
  const kit = await createTestKit();
  const client = clientOf(kit);
  const seen: string[] = [];
  const unsubscribe = client.subscribe(({ name }) => seen.push(name));
  assert.deepEqual(seen, ['idle']);
  await client.start();
  unsubscribe();
  await client.act({ type: 'submit-phone', phone: 'x' });
  assert.deepEqual(seen, ['idle', 'loading', 'ready']);
});

test('a refusal is part of the state, and gone with the next action', async () => {
  const kit = await createTestKit();
  const client = clientOf(kit);
  await client.start();
  const refused = await client.act({ type: 'submit-phone', phone: 'nonsense' });
  assert.ok(refused.name === 'ready' && refused.problem?.code === 'user.invalid_phone');
  const sent = await client.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.ok(sent.name === 'ready' && sent.problem === null);
});

test('L2: of two actions at the same moment one is sent', async () => {
  const kit = await createTestKit();
  const client = clientOf(kit);
  await client.start();
  await Promise.all([1, 2, 3].map(() => client.act({ type: 'submit-phone', phone: '+31612345678' })));
  assert.equal(kit.inbox.messages.length, 1);
});

test('after a reload the client goes on at the same step, and nothing is sent', async () => {
  const kit = await createTestKit();
  const shared = { fetch: kit.browser(), storage: memoryStorage() };
  const before = clientOf(kit, shared);
  await before.start();
  await before.act({ type: 'submit-phone', phone: '+31612345678' });
  const after = clientOf(kit, shared);
  const state = await after.start();
  assert.ok(
    state.name === 'ready' && state.view.flow.step.name === 'setup-factor' && state.view.flow.step.stage === 'code',
  );
  assert.equal(kit.inbox.messages.length, 1);
});

test('a second mount with the same token of the host finds its flow again', async () => {
  const kit = await createTestKit();
  const { token } = await kit.begin();
  const shared = { fetch: kit.browser(), storage: memoryStorage(), begin: token };
  await clientOf(kit, shared).start();
  assert.equal((await clientOf(kit, shared).start()).name, 'ready');
});

test('when the flow is done its token is forgotten, and the next one is new', async () => {
  const kit = await createTestKit();
  const shared = { fetch: kit.browser(), storage: memoryStorage() };
  const client = clientOf(kit, shared);
  await client.start();
  await client.act({ type: 'submit-phone', phone: '+31612345678' });
  await client.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(shared.storage.getItem(`countersign:${kit.base}:verify`), null);
  const next = await clientOf(kit, shared).start();
  assert.ok(next.name === 'ready' && next.view.flow.step.name === 'verify-factor');
});

test('what another program wrote into the storage is as good as nothing', async () => {
  const kit = await createTestKit();
  for (const text of ['{', '7', '{"from":1}', '{"from":"x","token":7}']) {
    const storage = memoryStorage();
    storage.setItem(`countersign:${kit.base}:verify`, text);
    assert.equal((await clientOf(kit, { storage }).start()).name, 'ready');
  }
});

test('another user in the same tab begins anew, whatever the storage holds', async () => {
  const kit = await createTestKit();
  const shared = { fetch: kit.browser(), storage: memoryStorage() };
  const ada = clientOf(kit, shared);
  await ada.start();
  await ada.act({ type: 'submit-phone', phone: '+31612345678' });
  const bob = clientOf(kit, { ...shared, begin: async () => (await kit.begin({ userId: 'bob' })).token });
  const state = await bob.start();
  assert.ok(
    state.name === 'ready' && state.view.flow.step.name === 'setup-factor' && state.view.flow.step.stage === 'phone',
  );
});

test('L5: a second tab takes the flow over, both go on with it, and one message is sent', async () => {
  const kit = await createTestKit();
  const { channel, settle } = connectedTabs();
  const fetch = kit.browser();
  const options = {
    fetch,
    channel,
    sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
  };
  const first = clientOf(kit, { ...options, storage: memoryStorage() });
  await first.start();
  await first.act({ type: 'submit-phone', phone: '+31612345678' });
  const second = clientOf(kit, { ...options, storage: memoryStorage() });
  const taken = await second.start();
  assert.ok(
    taken.name === 'ready' && taken.view.flow.step.name === 'setup-factor' && taken.view.flow.step.stage === 'code',
  );
  assert.equal(kit.inbox.messages.length, 1);
  await settle();
  assert.ok('view' in first.state && first.state.view?.flow.id === taken.view.flow.id, 'the first tab follows');
  assert.equal((await second.act({ type: 'submit-code', code: kit.inbox.code() })).name, 'complete');
  await settle();
  assert.equal(first.state.name, 'complete');
  first.stop();
  second.stop();
});

test('L1: when the answer is lost the action is sent again, and happens once', async () => {
  const kit = await createTestKit();
  const inner = kit.browser();
  let lose = 0;
  const fetch: typeof inner = async (...request) => {
    const response = await inner(...request);
    if (lose === 0) return response;
    lose -= 1;
    throw new TypeError('connection reset');
  };
  const client = clientOf(kit, { fetch });
  await client.start();
  lose = 2;
  const sent = await client.act({ type: 'submit-phone', phone: '+31612345678' });
  assert.ok(sent.name === 'ready' && sent.problem === null);
  assert.equal(kit.inbox.messages.length, 1);

  lose = 3;
  const offline = await client.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(offline.name, 'offline');
  assert.equal((await client.retry()).name, 'complete');
});

test('without a connection at the start nothing is lost, and trying again begins', async () => {
  const kit = await createTestKit();
  const inner = kit.browser();
  let down = true;
  const client = clientOf(kit, {
    fetch: (...request) => (down ? Promise.reject(new TypeError('offline')) : inner(...request)),
  });
  assert.equal((await client.start()).name, 'offline');
  down = false;
  assert.equal((await client.retry()).name, 'ready');
});

test('an answer that is none of Countersign’s counts as no answer', async () => {
  const kit = await createTestKit();
  for (const body of ['<html>', 'null', '{}', '{"flow":7}', '{"flow":{"step":{}}}']) {
    const client = clientOf(kit, {
      fetch: async () => new Response(body, { headers: { 'content-type': 'application/json' } }),
    });
    assert.equal((await client.start()).name, 'offline', body);
  }
});

test('a step that the client does not know is not guessed at', async () => {
  const kit = await createTestKit();
  const flow = (await drive(kit).to('verify-factor')).flow;
  for (const step of [
    { ...flow.step, name: 'read-palm' },
    { ...flow.step, factor: 'palm' },
  ]) {
    const body = JSON.stringify({ flow: { ...flow, step }, token: 't' });
    const client = clientOf(kit, { fetch: async () => new Response(body, { status: 201 }) });
    assert.equal((await client.start()).name, 'unsupported');
  }
});

test('L4: deadlines are right however wrong the device’s date is', async () => {
  const serverTime = '2026-11-24T10:42:00.000Z';
  for (const at of [0, 1e6, 1e12]) {
    assert.equal(deadline({ flow: { serverTime }, at }, '2026-11-24T10:43:00.000Z'), at + 60_000);
  }
});

test('L6: a program that comes back sees what has become of the flow, and loses no refusal by that', async () => {
  const kit = await createTestKit();
  const client = clientOf(kit);
  await client.start();
  await client.act({ type: 'submit-phone', phone: '+31612345678' });
  const refused = await client.act({ type: 'submit-code', code: kit.inbox.code() === '000000' ? '111111' : '000000' });
  assert.ok(refused.name === 'ready');
  kit.clock.advance(5000);
  const seen = new Promise<typeof client.state>((resolve) => {
    client.subscribe((state) => {
      if (state.name === 'ready' && state.view.flow.serverTime !== refused.view.flow.serverTime) resolve(state);
    });
  });
  client.refresh();
  const state = await seen;
  assert.ok(state.name === 'ready' && state.problem?.code === 'verification_code.code_mismatch');
});
