import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type Reply, type TestKit } from '@countersign/server/testing';
import fc from 'fast-check';
import { createAuthenticator } from '../support/authenticator.ts';
import { add, answer, atSetup, atVerify, toCreate, toSign, withPasskeys } from '../support/passkeys.ts';
import { mandatory, password, signIn, signUp } from '../support/primary.ts';

const code = 'session.mfa.webauthn_verification_failed';
const isRefused = ({ status, problem }: Reply): void => assert.deepEqual([status, problem.code], [400, code]);
const isDone = ({ status, flow, body }: Reply): void =>
  assert.deepEqual([status, flow.step.name], [200, 'complete'], JSON.stringify(body));

const start = async () => {
  const kit = await createTestKit(withPasskeys);
  return { kit, device: createAuthenticator({ origin: kit.origin }) };
};

test('G1: a new passkey that served adds nothing in the next flow, and neither does another for its challenge [CVE-2022-42731]', async () => {
  const { kit, device } = await start();
  const first = await atSetup(kit);
  const asked = toCreate(first);
  const credential = device.create(asked);
  isDone(await first.act({ type: 'register', credential }));

  const second = await atSetup(kit, 'ada', device);
  isRefused(await second.act({ type: 'register', credential }));
  const other = createAuthenticator({ origin: kit.origin });
  isRefused(await second.act({ type: 'register', credential: other.create(asked) }));
  assert.equal((await kit.backend.users.factors('ada')).length, 1);
  isDone(await add(second, other));
});

test('G1: a challenge is 32 bytes, and another one for each flow and each answer', async () => {
  const { kit, device } = await start();
  const challenges: string[] = [];
  for (let times = 0; times < 5; times += 1) {
    const visitor = await atSetup(kit);
    challenges.push(toCreate(visitor).challenge);
    isRefused(await add(visitor, device, { origin: 'https://evil.example' }));
    challenges.push(toCreate(visitor).challenge);
  }
  assert.ok(challenges.every((challenge) => Buffer.from(challenge, 'base64url').length === 32));
  assert.equal(new Set(challenges).size, 10);
});

test('G1: a challenge is answered within five minutes, and another one is there after that', async () => {
  const life = 300_000;
  for (const [wait, hold] of [
    [life - 1, isDone],
    [life, isRefused],
  ] as const) {
    const { kit, device } = await start();
    const adding = await atSetup(kit);
    kit.clock.advance(wait);
    hold(await add(adding, device));
  }
  const { kit, device } = await start();
  isDone(await add(await atSetup(kit), device));
  const visitor = await atVerify(kit);
  // Being late is no wrong guess, after ten of which there is a wait.
  for (let times = 0; times < 11; times += 1) {
    kit.clock.advance(life);
    isRefused(await answer(visitor, device));
  }
  kit.clock.advance(life - 1);
  isDone(await answer(visitor, device));
});

const lookAlikes = [
  'https://app.example.com.evil.example',
  'https://evil.example/app.example.com',
  'https://app.example.com@evil.example',
  'https://app.example.com:443',
  'https://app.example.com:8443',
  'https://app.example.com/',
  'https://app.example.com.',
  'https://app.example.com ',
  ' https://app.example.com',
  'https://app.example.com\n',
  'https://app.example.com\0',
  'https://app.example.com#',
  'https://app.example.com?',
  'https://APP.example.com',
  'HTTPS://app.example.com',
  'http://app.example.com',
  'wss://app.example.com',
  'app.example.com',
  '//app.example.com',
  'https:app.example.com',
  'https:/app.example.com',
  'https://example.com',
  'https://www.app.example.com',
  'https://xapp.example.com',
  'https://app-example.com',
  'https://appexample.com',
  'https://app.example.co',
  'https://app.example.comm',
  'https://аpp.example.com',
  'https://xn--pp-7kc.example.com',
  'https://app。example.com',
  'android:apk-key-hash:app.example.com',
  'null',
  '',
];

test('G4: no origin that looks like the page’s is taken for it', async () => {
  const { kit, device } = await start();
  const visitor = await atSetup(kit);
  assert.ok(lookAlikes.length >= 30);
  for (const origin of lookAlikes) isRefused(await add(visitor, device, { origin }));
  isDone(await add(visitor, device));
});

/** Bytes that are cut, lengthened, or changed in places. */
const spoiled = (honest: string): fc.Arbitrary<string> => {
  const bytes = Buffer.from(honest, 'base64url');
  const places = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 6 });
  return fc
    .tuple(places, fc.nat(bytes.length), fc.uint8Array({ maxLength: 40 }))
    .map(([changes, end, more]) => {
      const copy = Buffer.from(bytes);
      for (const [place, mask] of changes) copy[place] = (copy[place] ?? 0) ^ mask;
      return Buffer.concat([copy.subarray(0, end), more]).toString('base64url');
    })
    .filter((text) => text !== honest);
};

test('G6: whatever bytes an attestation is made of, it is a refusal, and nothing breaks', async () => {
  const reports: unknown[] = [];
  const kit = await createTestKit({ ...withPasskeys, report: (error) => reports.push(error) });
  const visitor = await atSetup(kit);
  const { attestationObject } = createAuthenticator({ origin: kit.origin }).create(toCreate(visitor)).response;
  const run = fc.asyncProperty(spoiled(attestationObject), async (changed) => {
    // Of another credential: what nobody vouches for, such as the model of the device, may be anything.
    const honest = createAuthenticator({ origin: kit.origin }).create(toCreate(visitor));
    const response = { ...honest.response, attestationObject: changed };
    const { status, problem } = await visitor.act({ type: 'register', credential: { ...honest, response } });
    assert.equal(status, 400);
    assert.ok([code, 'guard.invalid_input'].includes(problem.code), problem.code);
  });
  await fc.assert(run, { numRuns: 500, seed: 6 });
  assert.deepEqual(reports, []);
  assert.deepEqual(await kit.backend.users.factors('ada'), []);
});

/** All that a stranger sees of somebody's sign-in without the password, with what differs at any two flows taken out. */
const seenAt = async (kit: TestKit, value: string): Promise<string> => {
  const visitor = kit.visitor();
  const seen: unknown[] = [(await visitor.begin('sign-in')).body];
  const identifier = { type: 'email', value };
  seen.push((await visitor.act({ type: 'identify', identifier })).body);
  seen.push((await visitor.act({ type: 'submit-password', password: 'not the password' })).body);
  return JSON.stringify(seen)
    .replaceAll(value, 'ADDRESS')
    .replaceAll(/"(?:id|token|expiresAt|serverTime)":"[^"]*"/gu, '""');
};

test('G7: whether somebody holds a passkey, and which, is told after the password alone [CVE-2024-39912]', async () => {
  const settings = { ...mandatory, factors: ['passkey', 'sms'] };
  const kit = await createTestKit({ ...withPasskeys, settings });
  const device = createAuthenticator({ origin: kit.origin });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until: 'choose-factor' });
  await visitor.act({ type: 'choose', factor: 'passkey' });
  isDone(await add(visitor, device));
  await signUp(kit, kit.visitor(), { identifier: { type: 'email', value: 'bob@example.com' }, until: 'choose-factor' });

  const [holder, bare, nobody] = [
    await seenAt(kit, 'ada@example.com'),
    await seenAt(kit, 'bob@example.com'),
    await seenAt(kit, 'eve@example.com'),
  ];
  assert.match(holder, /submit-password/u);
  assert.ok(!/passkey|challenge|allowCredentials/u.test(holder));
  assert.deepEqual([bare, nobody], [holder, holder]);
  const owner = kit.visitor();
  await signIn(kit, owner, { password, until: 'verify-factor' });
  assert.ok(toSign(owner).challenge);
  isDone(await answer(owner, device));
});

test('G3: of two who hold a passkey each neither signs in with the other’s, under whosever handle [CVE-2025-26788]', async () => {
  const { kit, device } = await start();
  const graces = createAuthenticator({ origin: kit.origin });
  isDone(await add(await atSetup(kit), device));
  isDone(await add(await atSetup(kit, 'grace'), graces));
  for (const [userId, own, others] of [
    ['ada', device, graces],
    ['grace', graces, device],
  ] as const) {
    const visitor = await atVerify(kit, userId);
    const { userHandle = '' } = own.get(toSign(visitor)).response;
    isRefused(await answer(visitor, others));
    isRefused(await answer(visitor, others, { userHandle }));
    isDone(await answer(visitor, own));
  }
});
