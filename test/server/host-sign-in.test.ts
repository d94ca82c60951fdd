import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';
import { proofOf } from '../support/proof-of.ts';
import { ada, mandatory, signUp } from '../support/primary.ts';

/** A host that has checked the password itself begins a sign-in, and a browser claims it. */
const signInAtHost = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
  return visitor;
};

test('D3: a host’s own login follows the policy: mandatory sets up, verifies from then on, and gives a proof [CVE-2026-15616]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const first = await signInAtHost(kit);
  assert.equal(first.flow.step.name, 'setup-factor');
  assert.ok(!first.flow.step.actions.includes('skip'));
  await first.act({ type: 'submit-phone', phone: '+31612345678' });
  await first.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(first.flow.step.name, 'save-backup-codes');
  await first.act({ type: 'acknowledge' });

  const second = await signInAtHost(kit);
  assert.equal(second.flow.step.name, 'verify-factor');
  await second.act({ type: 'submit-code', code: kit.inbox.code() });
  const expectation = { userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'sign-in' } as const;
  const proved = await kit.backend.proofs.verify(proofOf(second.flow), expectation);
  assert.deepEqual([proved.kind, proved.mfa, proved.amr], ['sign-in', true, ['pwd', 'sms', 'mfa']]);
  assert.equal((await second.fetch(`${kit.base}/session`)).status, 401, 'the session is the host’s own');
});

test('optional asks, takes a no for good, and says in the proof that there was no second factor', async () => {
  const policy = { mode: 'optional', prompt: 'sign-in' } as const;
  const kit = await createTestKit({ settings: { ...mandatory, policy } });
  const visitor = await signInAtHost(kit);
  assert.equal(visitor.flow.step.name, 'turn-on');
  await visitor.act({ type: 'skip' });
  const expectation = { userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'sign-in' } as const;
  const proved = await kit.backend.proofs.verify(proofOf(visitor.flow), expectation);
  assert.deepEqual([proved.mfa, proved.amr], [false, ['pwd']]);
  assert.equal((await signInAtHost(kit)).flow.step.name, 'complete');
});

test('D6: a first factor that was proved long ago signs nobody in', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['sms'] } });
  await drive(kit).bind();
  const at = kit.clock.now() - 10 * 60_000 - 1;
  const stale = kit.begin({ kind: 'sign-in', firstFactor: { amr: ['pwd'], at } });
  await assert.rejects(stale, { code: 'guard.invalid_input', details: { path: 'firstFactor.at' } });
  await kit.begin({ kind: 'verify', firstFactor: { amr: ['pwd'], at } });
});

test('D6: a second factor alone signs nobody in, and no code is sent before the first one [CVE-2026-115829]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(2 * 60_000);
  const sent = kit.inbox.messages.length;
  const host = { kind: 'sign-in', userId: 'ada', audience: kit.origin, nonce: 'nonce' };
  const without = kit.backend.flows.begin(host as Parameters<typeof kit.backend.flows.begin>[0]);
  await assert.rejects(without, { code: 'guard.invalid_input', details: { path: 'firstFactor' } });

  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  for (const action of [{ type: 'submit-code', code: kit.inbox.code() }, { type: 'resend' }, { type: 'switch' }]) {
    const { status, problem } = await visitor.act(action);
    assert.deepEqual([status, problem.code], [400, 'flow.action_not_accepted']);
  }
  assert.equal((await visitor.act({ type: 'identify', identifier: ada, password: 'not it at all' })).status, 422);
  assert.equal(kit.inbox.messages.length, sent);
});

test('a proof of one kind is none of another', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, policy: { mode: 'optional', prompt: 'never' } } });
  const visitor = await signInAtHost(kit);
  const expectation = { userId: 'ada', audience: kit.origin, nonce: 'nonce', kind: 'verify' } as const;
  await assert.rejects(kit.backend.proofs.verify(proofOf(visitor.flow), expectation), { code: 'proof.invalid' });
});
