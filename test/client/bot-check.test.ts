import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '@countersign/client';
import { solvingBotChecks } from '@countersign/client/bot-check';
import { solveBotCheck } from '@countersign/client/solve-bot-check';
import { sms } from '@countersign/factors/sms/client';
import { proofOfWork } from '@countersign/server';
import { createTestKit } from '@countersign/server/testing';
import { byPhone, dutch } from '../support/strangers.ts';

/** A backend that asks every stranger. */
const asking = () =>
  createTestKit({
    settings: { ...byPhone, sends: { velocity: { perCountry: { ask: 0 } } } },
    botCheck: proofOfWork({ rounds: 20 }),
  });

test('a client that was given the solving fetch goes through a bot check without a word', async () => {
  const kit = await asking();
  const client = createClient({
    kind: 'sign-up',
    base: kit.base,
    factors: [sms()],
    storage: null,
    fetch: solvingBotChecks(kit.browser()),
  });
  await client.start();
  const state = await client.act({ type: 'identify', identifier: { type: 'phone', value: dutch(0) } });
  assert.ok(state.name === 'ready');
  assert.deepEqual([state.view.flow.step.name, state.problem], ['enter-code', null]);
  assert.equal(kit.inbox.messages.length, 1);
  client.stop();
});

test('a client that was not is shown the challenge, and brings the solution itself', async () => {
  const kit = await asking();
  const client = createClient({
    kind: 'sign-up',
    base: kit.base,
    factors: [sms()],
    storage: null,
    fetch: kit.browser(),
  });
  await client.start();
  const identify = { type: 'identify', identifier: { type: 'phone', value: dutch(0) } } as const;
  const asked = await client.act(identify);
  assert.ok(asked.name === 'ready' && asked.problem?.challenge);
  assert.equal(asked.problem.code, 'session.captcha_required');
  const botCheck = await solveBotCheck(asked.problem.challenge);
  assert.ok(botCheck);
  const state = await client.act({ ...identify, botCheck });
  assert.ok(state.name === 'ready' && state.view.flow.step.name === 'enter-code');
  client.stop();
});

test('a challenge of another kind, and one that was never given, are left to the app', async () => {
  assert.equal(await solveBotCheck({ type: 'turnstile', payload: 'key' }), null);
  assert.equal(await solveBotCheck({ type: 'altcha', payload: '{"parameters":{"algorithm":"ARGON2ID"}}' }), null);
  const refusal = Response.json({ challenge: { type: 'turnstile', payload: 'key' } }, { status: 428 });
  const response = await solvingBotChecks(async () => refusal)('http://localhost/', { method: 'POST', body: '{}' });
  assert.equal(response, refusal);
});
