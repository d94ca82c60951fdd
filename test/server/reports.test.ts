import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drive } from '@countersign/server/testing';
import { assertHas } from '../support/assert-has.ts';
import { ada, signUp } from '../support/primary.ts';
import { awaitCode, createGateway, lastKey, post, report, stepOf, tokenOf } from '../support/reporting-gateway.ts';
import { kitOn, stores } from '../support/stores.ts';

const [[, openMemory]] = stores as [(typeof stores)[number]];

for (const [name, open] of stores) {
  test(`${name}: J9: a message that is reported failed ends the wait, and its code is right all the same`, async () => {
    const scene = await awaitCode(open);
    const { kit, visitor } = scene;
    const before = await stepOf(visitor);
    assertHas(before, { delivery: 'accepted', resendAt: '2026-11-24T10:43:00.000Z', attemptsLeft: 5, sends: 1 });
    assert.equal((await visitor.act({ type: 'resend' })).status, 429);
    assert.equal((await report(scene, 'failed')).status, 204);
    const { sentAt } = before;
    assert.deepEqual(await stepOf(visitor), { ...before, delivery: 'failed', resendAt: sentAt, checkAt: null });
    const { status } = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
    assert.equal(status, 200);
    assert.equal(visitor.flow.step.name, 'complete');
  });

  test(`${name}: J9: a message that is reported delivered changes nothing but what is said of it`, async () => {
    const scene = await awaitCode(open);
    const before = await stepOf(scene.visitor);
    assert.equal((await report(scene, 'delivered')).status, 204);
    assert.deepEqual(await stepOf(scene.visitor), { ...before, delivery: 'delivered', checkAt: null });
  });

  test(`${name}: J9: the first last word on a message stands, however often and whatever is told after it`, async () => {
    for (const [first, second] of [
      ['failed', 'delivered'],
      ['delivered', 'failed'],
    ] as const) {
      const scene = await awaitCode(open);
      for (const word of [first, second, first, second]) assert.equal((await report(scene, word)).status, 204);
      assertHas(await stepOf(scene.visitor), { delivery: first });
      const told = scene.events.filter(({ actor }) => actor === 'provider');
      assert.equal(told.length, 1, 'and it is recorded once');
    }
  });

  test(`${name}: J9: a report on a message that a newer one has replaced changes nothing`, async () => {
    const scene = await awaitCode(open);
    const { kit, visitor } = scene;
    const old = lastKey(scene);
    kit.clock.advance(60_000);
    await visitor.act({ type: 'resend' });
    const before = await stepOf(visitor);
    for (const delivery of ['failed', 'delivered'] as const) {
      assert.equal((await report(scene, delivery, old)).status, 204);
    }
    assert.deepEqual(await stepOf(visitor), before);
    assert.equal((await visitor.act({ type: 'resend' })).problem.reason, 'wait');
  });

  test(`${name}: J9: of a report and a resend at once, whichever is first, the newer message keeps its wait`, async () => {
    for (let round = 0; round < 4; round += 1) {
      const scene = await awaitCode(open);
      const { kit, visitor } = scene;
      kit.clock.advance(60_000);
      const old = lastKey(scene);
      const asked = [() => report(scene, 'failed', old), () => visitor.act({ type: 'resend' })];
      const order = round % 2 === 0 ? asked : asked.toReversed();
      const [one, other] = await Promise.all(order.map((ask) => ask()));
      assert.deepEqual([one?.status, other?.status].toSorted(), [200, 204]);
      assertHas(await stepOf(visitor), { delivery: 'accepted', sends: 2, resendAt: '2026-11-24T10:45:00.000Z' });
    }
  });

  test(`${name}: J9: a report that is faster than the answer to the message is not lost`, async () => {
    const scene = await awaitCode(open);
    const { kit, gateway, visitor } = scene;
    kit.clock.advance(60_000);
    gateway.meanwhile = () => report(scene, 'failed');
    await visitor.act({ type: 'resend' });
    assertHas(await stepOf(visitor), { delivery: 'failed', sends: 2 });
  });
}

test('J9: a report on a message that nobody knows, or that another connector sent, gets the same answer as any', async () => {
  const scene = await awaitCode();
  const { kit, visitor } = scene;
  const before = await stepOf(visitor);
  const key = lastKey(scene);
  const [id = '', generation = ''] = key.split(/-(?=\d+$)/u);
  const keys = ['', 'chl_nobody-1', id, `${id}-0`, `${id}-2`, `${id}-1.0`, `${id}-1e0`, `${id}-01 `, `${key}\n`, `-1`];
  assert.equal(generation, '1');
  for (const idempotencyKey of keys) {
    assert.equal((await report(scene, 'failed', idempotencyKey)).status, 204, idempotencyKey);
  }
  const foreign = { connector: 'gateway-voice', token: tokenOf('voice') };
  assert.equal((await post(kit, [{ idempotencyKey: key, delivery: 'failed' }], foreign)).status, 204);
  assert.deepEqual(await stepOf(visitor), before);
});

test('J9: a report on a code that was used brings nothing back', async () => {
  const scene = await awaitCode();
  const { kit, visitor } = scene;
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal((await report(scene, 'failed')).status, 204);
  assert.equal((await visitor.look()).flow.step.name, 'complete');
  assert.equal((await visitor.act({ type: 'submit-code', code: kit.inbox.code() })).status, 400);
});

test('J6, J9: no report tells who has an account', async () => {
  const gateway = createGateway();
  const settings = {
    signUp: { identifiers: ['email' as const] },
    signIn: { methods: ['code' as const] },
    policy: { mode: 'mandatory' as const },
  };
  const kit = { ...(await kitOn(openMemory, { connectors: gateway.connectors, settings })), inbox: gateway.inbox };
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(61_000);
  /** Such a message leaves while the answer does. */
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  };
  const seen = async (value: string) => {
    const visitor = kit.visitor();
    await visitor.begin('sign-in');
    await visitor.act({ type: 'identify', identifier: { type: 'email', value } });
    await turns();
    const reports = [{ idempotencyKey: gateway.keys.at(-1) ?? '', delivery: 'failed' as const }];
    const told = await post(kit, reports, { connector: 'gateway-email', token: tokenOf('email') });
    const { id: _id, target: _target, ...step } = await stepOf(visitor);
    return { ...step, told: told.status, resent: (await visitor.act({ type: 'resend' })).status };
  };
  const known = await seen(ada.value);
  assert.equal(gateway.inbox.messages.at(-1)?.usage, 'SignIn');
  assert.deepEqual(known, await seen('nobody@example.com'));
  assertHas(known, { delivery: 'unknown', checkAt: null, told: 204, resent: 429 });
});

test('M4: what a provider reports of a code is recorded, with its user and the masked number', async () => {
  const failed = await awaitCode();
  await report(failed, 'failed');
  const delivered = await awaitCode();
  await report(delivered, 'delivered');
  const told = [failed, delivered].map(({ events }) => events.at(-1));
  assertHas(told, [
    {
      type: 'code-failed',
      userId: 'ada',
      target: '•••• 78',
      reason: 'MfaVerification: undelivered',
      actor: 'provider',
    },
    { type: 'code-delivered', userId: 'ada', target: '•••• 78', reason: 'MfaVerification', actor: 'provider' },
  ]);
});

test('the step says when it is worth looking again: six times at most, each after twice as long', async () => {
  const { kit, visitor } = await awaitCode();
  const looks: number[] = [];
  const sentAt = kit.clock.now();
  for (let { checkAt } = await stepOf(visitor); checkAt !== null; { checkAt } = await stepOf(visitor)) {
    const at = Date.parse(String(checkAt));
    looks.push((at - sentAt) / 1000);
    kit.clock.advance(at - kit.clock.now());
  }
  assert.deepEqual(looks, [5, 10, 20, 40, 80, 160]);
});

test('the step never says so where no connector reports', async () => {
  const kit = await kitOn(openMemory);
  assertHas(await stepOf(await drive(kit).to('verify-factor')), { checkAt: null });
});

test('J9: what carries no code, such as a notice or a trial, can be reported on to no effect', async () => {
  const scene = await awaitCode();
  const { kit, gateway } = scene;
  const verifiedAt = kit.clock.now();
  await kit.begin({ kind: 'setup', identifiers: [{ type: 'email', value: ada.value, verifiedAt }] });
  await kit.backend.users.issuePass('ada', { actor: 'eve', reason: 'lost phone' });
  assert.equal(gateway.inbox.messages.at(-1)?.to, ada.value);
  const before = scene.events.length;
  const reports = [{ idempotencyKey: lastKey(scene), delivery: 'failed' as const }];
  const response = await post(kit, reports, { connector: 'gateway-email', token: tokenOf('email') });
  assert.deepEqual([response.status, scene.events.length], [204, before]);
});
