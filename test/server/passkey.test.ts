import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type Reply, type TestKit } from '@countersign/server/testing';
import { passkey } from '@countersign/factors/passkey/server';
import { sms } from '@countersign/factors/sms/server';
import { type Algorithm, type Authenticator, createAuthenticator, flag } from '../support/authenticator.ts';
import { add, answer, atSetup, atVerify, toCreate, toSign, withPasskeys } from '../support/passkeys.ts';
import { assertHas } from '../support/assert-has.ts';
import { proofOf } from '../support/proof-of.ts';
import { kitOn, stores } from '../support/stores.ts';

const device = (kit: TestKit, part: Partial<Parameters<typeof createAuthenticator>[0]> = {}): Authenticator =>
  createAuthenticator({ origin: kit.origin, ...part });

/** A user with a passkey. */
const holder = async (
  kit: TestKit,
  part: Parameters<typeof device>[1] = {},
  userId = 'ada',
): Promise<Authenticator> => {
  const made = device(kit, part);
  const reply = await add(await atSetup(kit, userId), made);
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return made;
};

const isDone = ({ status, flow, body }: Reply): void => {
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(flow.step.name, 'complete');
};

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] satisfies Algorithm[]) {
  test(`${algorithm}: a passkey is added, and signs in again and again`, async () => {
    const kit = await createTestKit(withPasskeys);
    const made = await holder(kit, { algorithm });
    for (let times = 0; times < 2; times += 1) isDone(await answer(await atVerify(kit), made));
  });
}

test('it is asked for on the host name of the page, unverified users pass, and the user id is not told', async () => {
  const kit = await createTestKit(withPasskeys);
  const visitor = await atSetup(kit);
  const { rpId, userId } = toCreate(visitor);
  assert.equal(rpId, 'app.example.com');
  assert.notEqual(Buffer.from(userId, 'base64url').toString(), 'ada');
  assert.equal(userId, toCreate(await atSetup(kit)).userId, 'stable');
  assert.notEqual(userId, toCreate(await atSetup(kit, 'grace')).userId);
  isDone(await add(visitor, device(kit), { flags: flag.up | flag.attested }));
});

test('it may be for a parent domain, and only for a domain', async () => {
  const factors = [passkey({ rpId: 'example.com' }), sms()];
  const kit = await createTestKit({ ...withPasskeys, factors });
  const made = await holder(kit);
  const visitor = await atVerify(kit);
  assert.equal(toSign(visitor).rpId, 'example.com');
  isDone(await answer(visitor, made));
  assert.throws(() => passkey({ rpId: 'https://example.com' }), /must be a domain/u);
});

test('of two passkeys either serves, and the one that signed is the one used last', async () => {
  const kit = await createTestKit(withPasskeys);
  const first = await holder(kit);
  const second = device(kit);
  isDone(await add(await atSetup(kit, 'ada', first), second));
  isDone(await answer(await atVerify(kit), second));
  isDone(await answer(await atVerify(kit), first));
  const { step } = (await atVerify(kit)).flow;
  const [oldest] = await kit.backend.users.factors('ada');
  assert.ok(step.name === 'verify-factor');
  assert.equal(step.factorId, oldest?.id);
});

test('one that does not count serves as often as wanted', async () => {
  const kit = await createTestKit(withPasskeys);
  const made = await holder(kit, { counts: false, flags: flag.up | flag.be | flag.bs });
  for (let times = 0; times < 3; times += 1) isDone(await answer(await atVerify(kit), made));
});

/** The methods that the end of the flow tells, and the proof. */
const methodsOf = async ({ backend, origin }: TestKit, reply: Reply, kind: 'setup' | 'verify') => {
  isDone(reply);
  const { step } = reply.flow;
  assert.ok(step.name === 'complete');
  const { amr } = await backend.proofs.verify(proofOf(reply.flow), {
    userId: 'ada',
    audience: origin,
    nonce: 'nonce',
    kind,
  });
  assert.deepEqual(step.amr, amr);
  return amr;
};

test('G5: amr says user where the device verified the person, this time, and pop in any case', async () => {
  const kit = await createTestKit(withPasskeys);
  const made = device(kit);
  assert.deepEqual(await methodsOf(kit, await add(await atSetup(kit), made), 'setup'), ['pwd', 'pop', 'user', 'mfa']);
  const verified = await answer(await atVerify(kit), made);
  assert.deepEqual(await methodsOf(kit, verified, 'verify'), ['pwd', 'pop', 'user', 'mfa']);
  const present = await answer(await atVerify(kit), made, { flags: flag.up });
  assert.deepEqual(await methodsOf(kit, present, 'verify'), ['pwd', 'pop', 'mfa']);
  const other = device(kit);
  const bound = await add(await atSetup(kit, 'ada', made), other, { flags: flag.up | flag.attested });
  assert.deepEqual(await methodsOf(kit, bound, 'setup'), ['pwd', 'pop', 'user', 'mfa'], 'of the one proved before');
});

const isRefused = ({ status, problem }: Reply): void =>
  assert.deepEqual([status, problem.code], [400, 'session.mfa.webauthn_verification_failed']);

test('a refused answer that is sent again with its id is refused again, counted once, and spoils no honest one', async () => {
  const kit = await createTestKit(withPasskeys);
  const made = await holder(kit);
  const visitor = await atVerify(kit);
  const { id: step } = visitor.flow.step;
  const credential = made.get(toSign(visitor), { origin: 'https://evil.example' });
  const attempt = { type: 'authenticate', id: visitor.newId(), step, credential };
  for (let times = 0; times < 12; times += 1) isRefused(await visitor.act(attempt));
  isDone(await answer(visitor, made));
});

test('a refused new passkey that is sent again with its id is refused again', async () => {
  const kit = await createTestKit(withPasskeys);
  const made = device(kit);
  const visitor = await atSetup(kit);
  const credential = made.create(toCreate(visitor), { origin: 'https://evil.example' });
  const attempt = { type: 'register', id: visitor.newId(), credential };
  for (let times = 0; times < 2; times += 1) isRefused(await visitor.act(attempt));
  isDone(await add(visitor, made));
});

test('B9: after ten failures there is a wait, and being right takes the failures back', async () => {
  const kit = await createTestKit(withPasskeys);
  const made = await holder(kit);
  const visitor = await atVerify(kit);
  for (let times = 0; times < 9; times += 1) isRefused(await answer(visitor, made, { origin: 'https://evil.example' }));
  isDone(await answer(visitor, made));
  const again = await atVerify(kit);
  for (let times = 0; times < 10; times += 1) isRefused(await answer(again, made, { origin: 'https://evil.example' }));
  const { status, problem } = await answer(again, made);
  assert.deepEqual([status, problem.code], [429, 'session.verification_blocked_too_many_attempts']);
});

for (const [name, open] of stores) {
  test(`${name}: whether it was copied is kept anew when that has changed, and only then`, async () => {
    const store = await open();
    const kit = await createTestKit({ ...withPasskeys, store });
    const apart = flag.up | flag.be;
    const copied = apart | flag.bs;
    const made = await holder(kit, { flags: apart });
    const kept = async () => (await store.factors.list('ada'))[0]?.sealed;
    const isRewritten = async (flags: number): Promise<boolean> => {
      const before = await kept();
      isDone(await answer(await atVerify(kit), made, { flags }));
      return before !== (await kept());
    };
    const seen = [];
    for (const flags of [apart, copied, copied, apart]) seen.push(await isRewritten(flags));
    assert.deepEqual(seen, [false, true, false, true]);
  });

  test(`${name}: of two users who add the same passkey at the same moment one does`, async () => {
    const kit = await kitOn(open, withPasskeys);
    const credentialId = Buffer.alloc(16, 7);
    const visitors = await Promise.all(['ada', 'grace'].map((userId) => atSetup(kit, userId)));
    const replies = await Promise.all(visitors.map((visitor) => add(visitor, device(kit, { credentialId }))));
    assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 400]);
    isRefused(replies.find(({ status }) => status === 400) ?? assert.fail());
    const held = await Promise.all(['ada', 'grace'].map((userId) => kit.backend.users.factors(userId)));
    assert.equal(held.flat().length, 1);
  });

  for (const counts of [true, false]) {
    test(`${name}: G1: of the same answer 20 times at once one succeeds, ${counts ? 'counted' : 'uncounted'}`, async () => {
      const kit = await kitOn(open, withPasskeys);
      const made = await holder(kit, { counts });
      const visitor = await atVerify(kit);
      const { id: step } = visitor.flow.step;
      const credential = made.get(toSign(visitor));
      const sent = Array.from({ length: 20 }, () => visitor.act({ type: 'authenticate', credential, step }));
      const replies = await Promise.all(sent);
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    });

    test(`${name}: G1: of the same new passkey 20 times at once one is bound, ${counts ? 'counted' : 'uncounted'}`, async () => {
      const kit = await kitOn(open, withPasskeys);
      const visitor = await atSetup(kit);
      const { id: step } = visitor.flow.step;
      const credential = device(kit, { counts }).create(toCreate(visitor));
      const sent = Array.from({ length: 20 }, () => visitor.act({ type: 'register', credential, step }));
      const replies = await Promise.all(sent);
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
      assert.equal((await kit.backend.users.factors('ada')).length, 1);
    });
  }
}

/** An app that is no browser, so that its requests come from no page. */
const outside = ({ backend }: TestKit): typeof fetch => {
  const peer = { address: '127.0.0.1', origin: null, fetchSite: null, cookies: new Map<string, string>() };
  return async (input, init) => (await backend.handle(new Request(input, init), peer)).response;
};

test('outside browsers none can be added, and a held one leads to the other ways and no further', async () => {
  const kit = await createTestKit(withPasskeys);
  await holder(kit);
  const headless = kit.visitor(outside(kit));
  await headless.claim((await kit.begin({ userId: 'ada' })).token);
  assertHas(headless.flow.step, { name: 'verify-factor', factor: 'passkey', options: null });
  const setup = kit.visitor(outside(kit));
  const refused = await setup.claim((await kit.begin({ kind: 'setup', factor: 'passkey', userId: 'grace' })).token);
  isRefused(refused);
});

test('who chose a passkey from the list and has no device for it goes back to the list', async () => {
  const kit = await createTestKit(withPasskeys);
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  assertHas(visitor.flow.step, { name: 'choose-factor', mode: 'setup' });
  await visitor.act({ type: 'choose', factor: 'passkey' });
  assertHas(visitor.flow.step, { name: 'setup-factor', factor: 'passkey' });
  await visitor.act({ type: 'switch' });
  assertHas(visitor.flow.step, { name: 'choose-factor', mode: 'setup' });
});
