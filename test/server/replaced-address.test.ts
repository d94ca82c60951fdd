import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { held } from '../support/mailed.ts';
import { adasPhone, goOn, mandatory, signIn, signUp } from '../support/primary.ts';

const newPhone = '+31687654321';

test('a number that another one has replaced is no factor again, though its owner still signs in with it', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['sms'] } });
  const member = kit.visitor();
  await signUp(kit, member, { identifier: adasPhone });
  kit.clock.advance(61_000);
  const [old] = (await ownAccount(kit, member).read()).factors;
  const replacing = kit.visitor(member.fetch);
  await replacing.begin({ kind: 'setup', factor: 'sms', replaces: old?.id ?? '' });
  await goOn(kit, replacing, { phone: newPhone });
  assert.deepEqual(held(replacing), [['sms', '•••• 21']]);
  kit.clock.advance(61_000);
  const again = kit.visitor();
  await signIn(kit, again, { identifier: adasPhone });
  assert.deepEqual(held(again), [['sms', '•••• 21']]);
});
