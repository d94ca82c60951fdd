import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';
import { memoryStore, type Store } from '@countersign/server';
import { hashToken } from '../../packages/server/src/crypto/vault.ts';
import type { ChallengeRow } from '../../packages/server/src/store/rows.ts';

const phone = '+31612345678';

const challengeOf = async (store: Store, visitor: Visitor): Promise<ChallengeRow> => {
  const flow = await store.flows.findByToken(await hashToken(visitor.token));
  assert.ok(flow && 'state' in flow.position);
  const { challengeId } = flow.position.state as { challengeId: string };
  const row = await store.challenges.find(challengeId);
  assert.ok(row);
  return row;
};

/** Two people share a phone, and each stands before a code that was sent to it. */
const twoOfOnePhone = async (): Promise<{ kit: TestKit; store: Store; ada: Visitor; bob: Visitor; bobs: string }> => {
  const store = memoryStore();
  const kit = await createTestKit({ store });
  const ada = await drive(kit).to('verify-factor', { userId: 'ada', phone });
  kit.clock.advance(61_000);
  const bob = await drive(kit).to('verify-factor', { userId: 'bob', phone });
  return { kit, store, ada, bob, bobs: kit.inbox.code(phone) };
};

test('A3, A7: a code that is moved to another challenge in the database is of no use there', async () => {
  const { store, ada, bob, bobs } = await twoOfOnePhone();
  const [hers, his] = [await challengeOf(store, ada), await challengeOf(store, bob)];
  const moved = { ...hers, codeHash: his.codeHash, generation: hers.generation + 1, expiresAt: his.expiresAt };
  const written = await store.changes.commit([{ type: 'save-challenge', challenge: moved, expected: hers.generation }]);
  assert.ok(written.done);
  const refused = await ada.act({ type: 'submit-code', code: bobs });
  assert.equal(refused.problem.code, 'verification_code.code_mismatch');
  assert.equal((await bob.act({ type: 'submit-code', code: bobs })).status, 200);
});

test('A7: the code of another user of the same phone is wrong', async () => {
  const { ada, bobs } = await twoOfOnePhone();
  assert.equal((await ada.act({ type: 'submit-code', code: bobs })).problem.code, 'verification_code.code_mismatch');
});
