import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '@countersign/server';
import { createTestKit, type Reply, type TestKit, type Visitor } from '@countersign/server/testing';
import { appCode as code, confirmApp, shownKey as shown } from '../support/totp-app.ts';
import { proofOf } from '../support/proof-of.ts';
import { ada, mandatory, signUp } from '../support/primary.ts';
import { kitOn, stores } from '../support/stores.ts';

const period = 30_000;
const settings = { factors: ['totp'] };
const wrong = 'session.mfa.invalid_totp_code';

const enter = async (kit: TestKit, kind: 'setup' | 'verify'): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind })).token);
  return visitor;
};

const submit = (visitor: Visitor, typed: string): Promise<Reply> => visitor.act({ type: 'submit-code', code: typed });

/** Binds an app and gives its key; the clock stands where the code that bound was right. */
const bind = async (kit: TestKit): Promise<string> => confirmApp(kit, await enter(kit, 'setup'));

const verify = async (kit: TestKit, typed: string): Promise<Reply> => submit(await enter(kit, 'verify'), typed);

const refused = ({ status, problem }: Reply, why = wrong): void =>
  assert.deepEqual([status, problem.code], [why.includes('too_many') ? 429 : 400, why]);

test('a key is bound by its first code, and from then on the app verifies', async () => {
  const kit = await createTestKit({ settings });
  const secret = await bind(kit);
  kit.clock.advance(period);
  const visitor = await enter(kit, 'verify');
  const { step } = visitor.flow;
  assert.deepEqual([step.name, step.actions], ['verify-factor', ['submit-code']]);
  const { flow } = await submit(visitor, code(kit, secret));
  const expectation = { userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'verify' } as const;
  const { amr, mfa } = await kit.backend.proofs.verify(proofOf(flow), expectation);
  assert.deepEqual([amr, mfa], [['pwd', 'otp', 'mfa'], true]);
  assert.ok(flow.step.name === 'complete');
  assert.deepEqual(
    flow.step.held.map(({ type, target }) => [type, target]),
    [['totp', '2026-11-24']],
  );
});

test('the link names the app, and the account by its address', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['totp'], appName: 'Acme Bank' } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'setup-factor' });
  const { secret, uri } = shown(visitor);
  const { searchParams, pathname } = new URL(uri);
  assert.match(decodeURIComponent(pathname), /Acme Bank:ada@example\.com$/u);
  assert.deepEqual(
    ['issuer', 'secret', 'algorithm', 'digits', 'period'].map((name) => searchParams.get(name)),
    ['Acme Bank', secret, 'SHA1', '6', '30'],
  );
});

test('F2: the key is the same after a reload, and readable nowhere once it is confirmed', async () => {
  const kept: string[] = [];
  const store = memoryStore();
  const { commit } = store.flows;
  store.flows.commit = (flow, writes) => {
    kept.push(JSON.stringify([flow, writes]));
    return commit(flow, writes);
  };
  const kit = await createTestKit({ settings, store });
  const visitor = await enter(kit, 'setup');
  const { secret } = shown(visitor);
  await visitor.look();
  assert.equal(shown(visitor).secret, secret);
  await submit(visitor, code(kit, secret));
  kit.clock.advance(period);
  const answers = [await visitor.look(), await (await enter(kit, 'verify')).look()];
  const grouped = secret.replace(/.{4}(?=.)/gu, '$& ');
  for (const text of [...kept, ...answers.map(({ body }) => JSON.stringify(body))]) {
    assert.ok(!text.includes(secret) && !text.includes(grouped));
  }
  assert.ok(!kept.at(-1)?.includes('"stage":"key"'), 'the sealed copy goes with the commit that binds');
});

test('F6: an abandoned setup leaves nothing, and the next one has another key', async () => {
  const kit = await createTestKit({ settings });
  const { secret } = shown(await enter(kit, 'setup'));
  const again = await enter(kit, 'setup');
  assert.notEqual(shown(again).secret, secret);
  refused(await submit(again, code(kit, secret)));
});

test('F6: a key that the browser brings counts for nothing', async () => {
  const kit = await createTestKit({ settings });
  const visitor = await enter(kit, 'setup');
  const own = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const reply = await visitor.act({ type: 'submit-code', code: code(kit, own), secret: own });
  assert.equal(reply.status, 400);
});

test('F3: the code that bound does not verify, nor does the one before it', async () => {
  const kit = await createTestKit({ settings });
  const secret = await bind(kit);
  const bound = code(kit, secret);
  refused(await verify(kit, code(kit, secret, -1)));
  refused(await verify(kit, bound));
  kit.clock.advance(period);
  refused(await verify(kit, bound));
});

test('F3: a code that verified does not again: not in its step, nor in the one before or after [defect 3, defect 4, CVE-2026-103655, CVE-2015-7225, GHSA-jm35-h8q2-73mp, CVE-2026-82470, CVE-2025-69197, CVE-2026-104105, GHSA-96qm-hwhp-2rm8]', async () => {
  const kit = await createTestKit({ settings });
  const secret = await bind(kit);
  kit.clock.advance(2 * period);
  const next = code(kit, secret, 1);
  assert.equal((await verify(kit, next)).status, 200, 'a device may be a step ahead');
  refused(await verify(kit, next));
  refused(await verify(kit, code(kit, secret)));
  kit.clock.advance(period);
  refused(await verify(kit, next));
  kit.clock.advance(period);
  refused(await verify(kit, next));
  assert.equal((await verify(kit, code(kit, secret))).status, 200);
});

test('F4: a device that is a step off verifies, one that is two steps off does not [CVE-2024-7318]', async () => {
  const kit = await createTestKit({ settings });
  const secret = await bind(kit);
  for (const [off, status] of [
    [-2, 400],
    [2, 400],
    [-1, 200],
    [0, 200],
    [1, 200],
  ] as const) {
    kit.clock.advance(10 * period);
    assert.equal((await verify(kit, code(kit, secret, off))).status, status, `${off} steps off`);
  }
});

test('F5: digits of any script and spaces between them are read; what is no code is wrong, and none of it is an app’s [CVE-2025-6015]', async () => {
  const kit = await createTestKit({ settings });
  const secret = await bind(kit);
  const writings = [
    (text: string) => `${text.slice(0, 3)} ${text.slice(3)}`,
    (text: string) => text.replace(/\d/gu, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    (text: string) => text.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ];
  for (const write of writings) {
    kit.clock.advance(period);
    assert.equal((await verify(kit, write(code(kit, secret)))).status, 200);
  }
  const used = code(kit, secret);
  const visitor = await enter(kit, 'verify');
  for (const typed of [used, ` ${used}`, `${used}0`, `0${used}`, `-${used}`, used.slice(1), 'abcdef', `${used}\n`]) {
    refused(await submit(visitor, typed));
  }
  for (const typed of [Number(used), [used], null, { code: used }, '']) {
    const { status } = await visitor.act({ type: 'submit-code', code: typed });
    assert.equal(status, 400);
  }
});

for (const kind of ['setup', 'verify'] as const) {
  test(`B2: after ten wrong codes even the right one has to wait: ${kind} [CVE-2026-56450, GHSA-85v8-vx4w-q684, CVE-2018-14657, defect 7]`, async () => {
    const kit = await createTestKit({ settings });
    const secret = kind === 'verify' ? await bind(kit) : '';
    kit.clock.advance(period);
    const visitor = await enter(kit, kind);
    const key = secret || shown(visitor).secret;
    for (let tries = 0; tries < 10; tries += 1) refused(await submit(visitor, `1234${tries}`));
    const blocked = await submit(visitor, code(kit, key));
    refused(blocked, 'session.verification_blocked_too_many_attempts');
    assert.equal(blocked.problem.retryAfter, 900);
    kit.clock.advance(900_000);
    const late = await enter(kit, kind);
    assert.equal((await submit(late, code(kit, secret || shown(late).secret))).flow.step.name, 'complete');
  });
}

test('several apps may be held: each has its own key, and serves only where it was chosen', async () => {
  const kit = await createTestKit({ settings });
  const first = await bind(kit);
  kit.clock.advance(period);
  const adding = await enter(kit, 'setup');
  assert.equal(adding.flow.step.name, 'verify-factor', 'a held factor is proved before another is added');
  await submit(adding, code(kit, first));
  const { secret: second } = shown(adding);
  assert.equal((await submit(adding, code(kit, second))).flow.step.name, 'complete');
  kit.clock.advance(period);
  const visitor = await enter(kit, 'verify');
  assert.ok(visitor.flow.step.actions.includes('switch'), 'there is another way: the other app');
  await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  const [one, other] = step.held;
  assert.deepEqual([one?.type, other?.type, step.held.length], ['totp', 'totp', 2]);
  await visitor.act({ type: 'choose', factorId: other?.id });
  refused(await submit(visitor, code(kit, first)));
  assert.equal((await submit(visitor, code(kit, second))).flow.step.name, 'complete');
});

for (const [name, open] of stores) {
  test(`${name}: F3: of fifty that enter the same right code at once, one gets in [defect 29, defect 7]`, async () => {
    for (let round = 0; round < 5; round += 1) {
      const kit = await kitOn(open, { settings, seed: round + 1 });
      const secret = await bind(kit);
      kit.clock.advance(period);
      const visitors: Visitor[] = [];
      for (let i = 0; i < 5; i += 1) visitors.push(await enter(kit, 'verify'));
      const typed = code(kit, secret);
      const replies = await Promise.all(
        visitors.flatMap((visitor) => Array.from({ length: 10 }, () => submit(visitor, typed))),
      );
      const completed = replies.filter(({ status, flow }) => status === 200 && flow.step.name === 'complete');
      assert.equal(completed.length, 1);
    }
  });

  test(`${name}: of twenty right first codes at once, one binds`, async () => {
    const kit = await kitOn(open, { settings });
    const visitor = await enter(kit, 'setup');
    const typed = code(kit, shown(visitor).secret);
    const { id: step } = visitor.flow.step;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => visitor.act({ type: 'submit-code', code: typed, step })),
    );
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    const { step: end } = (await visitor.look()).flow;
    assert.ok(end.name === 'complete' && end.held.length === 1);
  });
}
