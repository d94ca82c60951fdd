import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKey, memoryStore } from '@countersign/server';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { proofOf } from '../support/proof-of.ts';
import { assertHas } from '../support/assert-has.ts';
import { kitOn, stores } from '../support/stores.ts';

const completedProof = async (kit: TestKit): Promise<string> => proofOf((await drive(kit).to('complete')).flow);

const expect = (kit: TestKit) => ({ userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'verify' }) as const;

test('a proof says who, how and for whom, and lives a minute', async () => {
  const kit = await createTestKit();
  const proof = await completedProof(kit);
  const response = await kit.browser()(`${kit.base}/.well-known/jwks.json`);
  const keys = createLocalJWKSet(await response.json());
  const { payload, protectedHeader } = await jwtVerify(proof, keys, { currentDate: new Date(kit.clock.now()) });
  assertHas(payload, {
    iss: kit.origin,
    aud: kit.origin,
    sub: 'ada',
    nonce: 'nonce',
    kind: 'verify',
    amr: ['pwd', 'sms', 'mfa'],
    factors: ['sms'],
  });
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 60);
  assert.equal(protectedHeader.alg, 'EdDSA');
  assert.ok(!JSON.stringify(keys.jwks()).includes('"d"'), 'the private key stays inside');
});

test('a proof is redeemed once, over HTTP or in the host’s process', async () => {
  const kit = await createTestKit();
  const proof = await completedProof(kit);
  const redeem = () =>
    kit.browser()(`${kit.base}/proofs/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ proof, audience: kit.origin, nonce: 'nonce' }),
    });
  const first = await redeem();
  assert.equal(first.status, 200);
  assertHas(await first.json(), {
    sub: 'ada',
    kind: 'verify',
    amr: ['pwd', 'sms', 'mfa'],
    factors: ['sms'],
    mfa: true,
  });
  assert.equal((await redeem()).status, 409);
  await assert.rejects(kit.backend.proofs.verify(proof, expect(kit)), { code: 'proof.already_redeemed' });
});

test('D7: a proof for another audience, nonce, user or kind, or too old, is refused', async () => {
  const wrong = [
    { audience: 'https://elsewhere.example' },
    { nonce: 'other' },
    { userId: 'eve' },
    { kind: 'setup' as const },
  ];
  for (const part of wrong) {
    const kit = await createTestKit();
    const proof = await completedProof(kit);
    await assert.rejects(kit.backend.proofs.verify(proof, { ...expect(kit), ...part }), { code: 'proof.invalid' });
  }
  const kit = await createTestKit();
  const proof = await completedProof(kit);
  kit.clock.advance(61_000);
  await assert.rejects(kit.backend.proofs.verify(proof, expect(kit)), { code: 'proof.invalid' });
});

test('D7: a proof signed by somebody else, or by nobody, is refused', async () => {
  const kit = await createTestKit();
  const claims = { nonce: 'nonce', kind: 'verify', amr: ['pwd'], factors: ['sms'], mfa: true, auth_time: 1 };
  const fill = <T extends SignJWT | UnsecuredJWT>(token: T): T => {
    const at = kit.clock.now() / 1000;
    token
      .setIssuer(kit.origin)
      .setAudience(kit.origin)
      .setSubject('ada')
      .setJti('j')
      .setIssuedAt(at)
      .setExpirationTime(at + 60);
    return token;
  };
  const other = await importJWK((await createKey()).signing, 'EdDSA');
  const header = { alg: 'EdDSA', typ: 'countersign-proof+jwt' };
  const forged = [
    await fill(new SignJWT(claims)).setProtectedHeader(header).sign(other),
    fill(new UnsecuredJWT(claims)).encode(),
    'not.a.jwt',
    '',
  ];
  for (const proof of forged) {
    await assert.rejects(kit.backend.proofs.verify(proof, expect(kit)), { code: 'proof.invalid' });
  }
});

test('a proof outlives a restart of the backend that has the same key', async () => {
  const keys = [await createKey()] as const;
  const store = memoryStore();
  const before = await createTestKit({ keys, store });
  const proof = await completedProof(before);
  const after = await createTestKit({ keys, store });
  await after.backend.proofs.verify(proof, expect(after));
});

test('a proof is refused over HTTP as well: other audience, nonce, signature, and after its minute', async () => {
  const kit = await createTestKit();
  const proof = await completedProof(kit);
  const redeem = async (change: object) => {
    const response = await kit.browser()(`${kit.base}/proofs/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ proof, audience: kit.origin, nonce: 'nonce', ...change }),
    });
    return [response.status, ((await response.json()) as { code?: string }).code];
  };
  const invalid = [400, 'proof.invalid'];
  const [header = '', payload = ''] = proof.split('.', 2);
  const unsigned = `${Buffer.from('{"alg":"none","typ":"countersign-proof+jwt"}').toString('base64url')}.${payload}.`;
  assert.deepEqual(await redeem({ audience: 'https://elsewhere.example' }), invalid);
  assert.deepEqual(await redeem({ nonce: 'other' }), invalid);
  assert.deepEqual(await redeem({ proof: unsigned }), invalid);
  assert.deepEqual(await redeem({ proof: `${header}.${payload}.` }), invalid);
  kit.clock.advance(61_000);
  assert.deepEqual(await redeem({}), invalid);
});

for (const [name, open] of stores) {
  test(`${name}: of 50 redemptions at once one succeeds, and none does later`, async () => {
    const kit = await kitOn(open);
    const proof = await completedProof(kit);
    const verify = () => kit.backend.proofs.verify(proof, expect(kit));
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, verify));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    assert.deepEqual(
      refused,
      Array.from({ length: 49 }, () => 'proof.already_redeemed'),
    );
    await assert.rejects(verify(), { code: 'proof.already_redeemed' });
  });

  test(`${name}: a wrong nonce does not use a proof up, a wrong user does`, async () => {
    const kit = await kitOn(open);
    const proof = await completedProof(kit);
    const verify = (change: object) => kit.backend.proofs.verify(proof, { ...expect(kit), ...change });
    await assert.rejects(verify({ nonce: 'other' }), { code: 'proof.invalid' });
    await assert.rejects(verify({ userId: 'eve' }), { code: 'proof.invalid' });
    await assert.rejects(verify({}), { code: 'proof.already_redeemed' });
  });
}
