import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { add, toSign, withPasskeys } from '../support/passkeys.ts';
import { goOn, mandatory, signUp } from '../support/primary.ts';
import { chooseText, swapper } from '../support/swapper.ts';

/** Signs up with a passkey, and adds a phone behind it. */
const member = async () => {
  const settings = { ...mandatory, factors: ['passkey', 'sms'] };
  const kit = await createTestKit({ ...withPasskeys, settings });
  const device = createAuthenticator({ origin: 'https://app.example.com' });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until: 'choose-factor' });
  await visitor.act({ type: 'choose', factor: 'passkey' });
  await add(visitor, device);
  assert.equal(visitor.flow.step.name, 'complete');
  const own = kit.visitor(visitor.fetch);
  await own.begin({ kind: 'setup', factor: 'sms' });
  await own.act({ type: 'authenticate', credential: device.get(toSign(own)) });
  await goOn(kit, own, {});
  kit.clock.advance(61_000);
  const held = (await ownAccount(kit, visitor).read()).factors;
  return { kit, visitor, device, target: held.find(({ type }) => type === 'passkey')?.id ?? '' };
};

test('E1: who has the password and the number cannot remove a passkey, not even with one of their own', async () => {
  const { kit, device, target } = await member();
  const thief = await swapper(kit);
  const adding = kit.visitor(thief.fetch);
  await adding.begin({ kind: 'setup', factor: 'passkey' });
  await chooseText(kit, adding);
  const theirs = createAuthenticator({ origin: 'https://app.example.com' });
  await add(adding, theirs);
  assert.equal(adding.flow.step.name, 'complete');

  const removing = kit.visitor(thief.fetch);
  await removing.begin({ kind: 'verify', for: { action: 'remove-factor', target } });
  const asked = toSign(removing);
  assert.ok(!removing.flow.step.actions.includes('switch'));
  const refused = await removing.act({ type: 'authenticate', credential: theirs.get(asked) });
  assert.deepEqual([refused.status, refused.problem.code], [400, 'session.mfa.webauthn_verification_failed']);
  assert.equal((await removing.act({ type: 'authenticate', credential: device.get(toSign(removing)) })).status, 200);
});

test('its owner removes it with the passkey itself', async () => {
  const { kit, visitor, device, target } = await member();
  const removing = kit.visitor(visitor.fetch);
  await removing.begin({ kind: 'verify', for: { action: 'remove-factor', target } });
  await removing.act({ type: 'authenticate', credential: device.get(toSign(removing)) });
  const { step } = removing.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'step-up');
  const account = ownAccount(kit, visitor);
  const { status } = await account.send('DELETE', `/account/factors/${target}`, { stepUp: step.result.token });
  assert.equal(status, 200);
});
