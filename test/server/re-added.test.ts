import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '@countersign/server';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { type Administered, administeredOn } from '../support/administered.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { atBackupCode, shownCodes } from '../support/backup-codes.ts';
import { add, answer, atSetup, atVerify, toSign, withPasskeys } from '../support/passkeys.ts';
import { ada, adasPhone, goOn, mandatory, signIn, signUp } from '../support/primary.ts';

const minute = 61_000;
const rounds = [1, 2, 3];

const begin = (options: Pick<Parameters<typeof administeredOn>[1], 'settings' | 'origins'>): Promise<Administered> =>
  administeredOn(async () => memoryStore(), { ...options, scopes: ['users:write'] });

/** An administrator takes away what the user holds of the type. */
const takeAway = async ({ kit, call }: Administered, userId: string, type: string): Promise<void> => {
  const held = (await kit.backend.users.factors(userId)).find((factor) => factor.type === type);
  assert.equal((await call(`DELETE /users/${userId}/factors/${held?.id}`)).status, 204);
  kit.clock.advance(minute);
};

const enter = async (kit: TestKit, kind: 'setup' | 'verify'): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind })).token);
  return visitor;
};

test('E8: a number that was removed and added again takes no code that was sent to it before', async () => {
  const over = await begin({ settings: { factors: ['sms'] } });
  const { kit } = over;
  const phone = adasPhone.value;
  const old: string[] = [];
  for (const round of rounds) {
    await goOn(kit, await enter(kit, 'setup'), { phone });
    kit.clock.advance(minute);
    const visitor = await enter(kit, 'verify');
    const fresh = kit.inbox.code(phone);
    for (const former of old) {
      const { problem } = await visitor.act({ type: 'submit-code', code: former });
      assert.equal(problem.code, 'verification_code.code_mismatch', `round ${round}`);
    }
    await visitor.act({ type: 'submit-code', code: fresh });
    assert.equal(visitor.flow.step.name, 'complete');
    kit.clock.advance(10 * minute);
    const pending = await enter(kit, 'verify');
    old.push(kit.inbox.code(phone));
    await takeAway(over, 'ada', 'sms');
    const late = await pending.act({ type: 'submit-code', code: kit.inbox.code(phone) });
    assert.deepEqual([late.status, late.problem.code], [410, 'flow.expired']);
  }
});

test('E8: a passkey that was removed proves nothing once another was added, nor does what was asked of it before', async () => {
  const over = await begin({ ...withPasskeys, settings: { factors: ['passkey'] } });
  const { kit } = over;
  const old: ReturnType<typeof createAuthenticator>[] = [];
  for (const round of rounds) {
    const device = createAuthenticator({ origin: kit.origin });
    await add(await atSetup(kit), device);
    const visitor = await atVerify(kit);
    for (const former of old) {
      const { problem } = await answer(visitor, former);
      assert.equal(problem.code, 'session.mfa.webauthn_verification_failed', `round ${round}`);
    }
    assert.equal((await answer(visitor, device)).flow.step.name, 'complete');
    const pending = await atVerify(kit);
    const credential = device.get(toSign(pending));
    old.push(device);
    await takeAway(over, 'ada', 'passkey');
    const late = await pending.act({ type: 'authenticate', credential });
    assert.deepEqual([late.status, late.problem.code], [410, 'flow.expired']);
  }
});

test('E8: backup codes that were removed do not serve beside the set that came after them', async () => {
  const over = await begin({ settings: mandatory });
  const { kit } = over;
  const old: string[] = [];
  const first = kit.visitor();
  await signUp(kit, first, { identifier: adasPhone, until: 'save-backup-codes' });
  let visitor = first;
  for (const round of rounds) {
    const [fresh = '', unused = ''] = shownCodes(visitor);
    await visitor.act({ type: 'acknowledge' });
    const session = await visitor.fetch(`${kit.base}/session`);
    const { userId } = ((await session.json()) as { session: { userId: string } }).session;
    kit.clock.advance(minute);
    const verifying = await atBackupCode(kit);
    for (const former of old) {
      const { problem } = await verifying.act({ type: 'submit-code', code: former });
      assert.equal(problem.code, 'session.mfa.invalid_backup_code', `round ${round}`);
    }
    await verifying.act({ type: 'submit-code', code: fresh });
    assert.equal(verifying.flow.step.name, 'complete');
    old.push(unused);
    await takeAway(over, userId, 'backup-codes');
    kit.clock.advance(10 * minute);
    visitor = kit.visitor();
    await signIn(kit, visitor, { identifier: adasPhone, until: 'save-backup-codes' });
  }
});

test('H4: who turns 2-step verification off has no backup codes, and none of them serves beside the next set', async () => {
  const policy = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
  const kit = await createTestKit({ settings: { ...mandatory, policy } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until: 'save-backup-codes' });
  const [old = ''] = shownCodes(visitor);
  await visitor.act({ type: 'acknowledge' });
  kit.clock.advance(minute);
  const account = ownAccount(kit, visitor);
  const phone = (await account.read()).factors.find(({ type }) => type === 'sms');
  assert.equal((await account.remove(phone?.id ?? '')).status, 200);
  assert.deepEqual((await account.read()).factors, []);
  kit.clock.advance(minute);
  const adding = kit.visitor(visitor.fetch);
  await adding.begin({ kind: 'setup', factor: 'sms' });
  await goOn(kit, adding, { until: 'save-backup-codes' });
  const [fresh = ''] = shownCodes(adding);
  await adding.act({ type: 'acknowledge' });
  kit.clock.advance(minute);
  const verifying = await atBackupCode(kit, ada);
  const { problem } = await verifying.act({ type: 'submit-code', code: old });
  assert.equal(problem.code, 'session.mfa.invalid_backup_code');
  assert.equal((await verifying.act({ type: 'submit-code', code: fresh })).flow.step.name, 'complete');
});
