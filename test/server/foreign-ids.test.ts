import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive } from '@countersign/server/testing';

test('E4: users are told apart by their ids as they are written, not by the numbers these spell [CVE-2026-78619]', async () => {
  const kit = await createTestKit();
  await drive(kit).bind({ userId: '10' });
  kit.clock.advance(61_000);
  for (const userId of ['010', '10.0', '1e1', '0xa', '+10']) {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin({ kind: 'verify', userId })).token);
    assert.equal(visitor.flow.step.name, 'setup-factor', userId);
    assert.deepEqual(await kit.backend.users.factors(userId), [], userId);
  }
  const own = kit.visitor();
  await own.claim((await kit.begin({ kind: 'verify', userId: '10' })).token);
  assert.equal(own.flow.step.name, 'verify-factor');
});
