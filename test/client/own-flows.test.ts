import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClientOptions, createClient } from '@countersign/client';
import { sms } from '@countersign/factors/sms/client';
import type { SmsContract } from '@countersign/factors/sms/contract';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { connectedTabs, memoryStorage } from './support.ts';

/** A client that begins its flows itself. */
const ownClientOf = (kit: TestKit, options: Partial<ClientOptions<SmsContract>> = {}) =>
  createClient({
    factors: [sms()],
    kind: 'sign-up',
    base: kit.base,
    fetch: kit.browser(),
    storage: null,
    channel: null,
    now: kit.clock.now,
    sleep: async () => {},
    ...options,
  });

const settings = { signUp: { identifiers: ['email' as const] }, factors: ['sms'] };
const identify = { type: 'identify', identifier: { type: 'email', value: 'ada@example.com' } } as const;

test('a sign-up is begun without a host, and a reload goes on where it was', async () => {
  const kit = await createTestKit({ settings });
  const shared = { fetch: kit.browser(), storage: memoryStorage() };
  const first = await ownClientOf(kit, shared).start();
  assert.ok(first.name === 'ready' && first.view.flow.step.name === 'identify');
  const client = ownClientOf(kit, shared);
  await client.start();
  await client.act(identify);
  const after = await ownClientOf(kit, shared).start();
  assert.ok(after.name === 'ready' && after.view.flow.step.name === 'enter-code');
  assert.equal(kit.inbox.messages.length, 1);
});

test('a second tab takes a running sign-up over, and nothing is sent twice', async () => {
  const kit = await createTestKit({ settings });
  const tabs = connectedTabs();
  const shared = { fetch: kit.browser(), channel: tabs.channel, sleep: async () => tabs.settle() };
  const first = ownClientOf(kit, { ...shared, storage: memoryStorage() });
  await first.start();
  await first.act(identify);
  const second = ownClientOf(kit, { ...shared, storage: memoryStorage() });
  const state = await second.start();
  assert.ok(state.name === 'ready' && state.view.flow.step.name === 'enter-code');
  await second.act({ type: 'submit-code', code: kit.inbox.code() });
  await tabs.settle();
  assert.ok(first.state.name === 'ready' && first.state.view.flow.step.name === 'set-password');
  assert.equal(kit.inbox.messages.length, 1);
});

test('what is typed into a page that was left open for hours is not lost', async () => {
  const kit = await createTestKit({ settings });
  const client = ownClientOf(kit, { storage: memoryStorage() });
  await client.start();
  kit.clock.advance(5 * 3600_000);
  const state = await client.act(identify);
  assert.ok(state.name === 'ready' && state.view.flow.step.name === 'enter-code');
  assert.equal(state.problem, null);
});

test('a sign-up that ended meanwhile begins anew, as one that waited too long does when it is asked to', async () => {
  const kit = await createTestKit({ settings });
  const shared = { fetch: kit.browser(), storage: memoryStorage() };
  const client = ownClientOf(kit, shared);
  await client.start();
  await client.act(identify);
  kit.clock.advance(11 * 60_000);
  const late = await client.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(late.name, 'expired');
  const again = await client.retry();
  assert.ok(again.name === 'ready' && again.view.flow.step.name === 'identify');
  kit.clock.advance(11 * 60_000);
  const reloaded = await ownClientOf(kit, shared).start();
  assert.ok(reloaded.name === 'ready' && reloaded.view.flow.step.name === 'identify');
});
