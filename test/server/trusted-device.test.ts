import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { addPhone, ownAccount } from '../support/account.ts';
import { openBrowser } from '../support/open-browser.ts';
import { ada, goOn, mandatory, signIn, signUp } from '../support/primary.ts';

const settings = { ...mandatory, trustedDevices: { days: 30 }, resetPassword: { identifiers: ['email' as const] } };
const day = 24 * 3600_000;

/** Signs up in one browser; then signs in in another one that is trusted. */
const begin = async (): Promise<{ kit: TestKit; trusted: Visitor }> => {
  const kit = await createTestKit({ settings });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(61_000);
  const trusted = kit.visitor();
  await signIn(kit, trusted, { until: 'verify-factor' });
  await trusted.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
  return { kit, trusted };
};

const skipped = ['identify', 'complete'];
const asked = ['identify', 'verify-factor', 'complete'];
const inBrowser = (kit: TestKit, { fetch }: Visitor) => kit.visitor(fetch);

test('a trusted browser signs in without the second factor, and says so', async () => {
  const { kit, trusted } = await begin();
  const again = inBrowser(kit, trusted);
  assert.deepEqual(await signIn(kit, again, {}), skipped);
  assert.deepEqual(again.flow.step, { ...again.flow.step, amr: ['pwd'] });
  assert.deepEqual(await signIn(kit, kit.visitor(), {}), asked);
});

test('D8: trust ends after the days of the settings, or when they stop offering it', async () => {
  const { kit, trusted } = await begin();
  kit.clock.advance(30 * day - 122_000);
  assert.deepEqual(await signIn(kit, inBrowser(kit, trusted), {}), skipped);
  kit.clock.advance(122_000);
  assert.deepEqual(await signIn(kit, inBrowser(kit, trusted), {}), asked);
  const later = await begin();
  await later.kit.backend.settings.write({ appName: 'Acme', ...mandatory });
  assert.deepEqual(await signIn(later.kit, inBrowser(later.kit, later.trusted), {}), asked);
});

test('D8: trust is for one user', async () => {
  const { kit, trusted } = await begin();
  const eve = { identifier: { type: 'email', value: 'eve@example.com' }, phone: '+31612345678' } as const;
  await signUp(kit, kit.visitor(), eve);
  kit.clock.advance(61_000);
  assert.deepEqual(await signIn(kit, inBrowser(kit, trusted), eve), asked);
});

test('D8: nobody who is not given the cookie of a trusted browser makes one [GHSA-h6mp-mc7g-mg49]', async () => {
  const { kit, trusted } = await begin();
  const { userId, devices } = await ownAccount(kit, trusted).read();
  const claims = Buffer.from(JSON.stringify({ sub: userId, exp: 4_102_444_800 })).toString('base64url');
  const forged = [userId, devices[0]?.id ?? '', 'A'.repeat(43), `eyJhbGciOiJub25lIn0.${claims}.`, claims.slice(0, 43)];
  for (const value of forged) {
    kit.clock.advance(5 * 60_000);
    const { fetcher } = openBrowser(kit, new Map([['__Host-countersign-device', value]]));
    assert.deepEqual(await signIn(kit, kit.visitor(fetcher), {}), asked, value);
  }
  assert.deepEqual(await signIn(kit, inBrowser(kit, trusted), {}), skipped);
});

test('D8: trust serves neither a step-up, nor a setup, nor a host that wants a verification, nor a reset', async () => {
  const { kit, trusted } = await begin();
  const visitor = inBrowser(kit, trusted);
  const { userId, factors } = await ownAccount(kit, trusted).read();
  const target = factors[0]?.id ?? '';
  await visitor.begin({ kind: 'verify', for: { action: 'remove-factor', target } });
  assert.equal(visitor.flow.step.name, 'verify-factor');
  await visitor.begin({ kind: 'setup' });
  assert.equal(visitor.flow.step.name, 'verify-factor');
  await visitor.claim((await kit.begin({ kind: 'verify', userId })).token);
  assert.equal(visitor.flow.step.name, 'verify-factor');
  await visitor.begin('reset-password');
  await goOn(kit, visitor, { identifier: ada, until: 'verify-factor' });
});

test('D8, E6: a change of factors, a reset, and its owner end trust', async () => {
  const changed = await begin();
  await addPhone(changed.kit, changed.trusted, '+31612345678');
  changed.kit.clock.advance(61_000);
  assert.deepEqual(await signIn(changed.kit, inBrowser(changed.kit, changed.trusted), {}), asked);

  const reset = await begin();
  const visitor = reset.kit.visitor();
  await visitor.begin('reset-password');
  await goOn(reset.kit, visitor, { identifier: ada });
  reset.kit.clock.advance(61_000);
  assert.deepEqual(await signIn(reset.kit, inBrowser(reset.kit, reset.trusted), {}), asked);

  const { kit, trusted } = await begin();
  const account = ownAccount(kit, trusted);
  const [device] = (await account.read()).devices;
  const stepUp = await account.stepUp('forget-device', device?.id ?? '');
  await account.send('DELETE', `/account/devices/${device?.id}`, { stepUp });
  assert.deepEqual((await account.read()).devices, []);
  kit.clock.advance(61_000);
  assert.deepEqual(await signIn(kit, inBrowser(kit, trusted), {}), asked);
});

test('backup codes do not offer trust, nor does a client that is no browser, nor settings that leave it out', async () => {
  const { kit } = await begin();
  const visitor = kit.visitor();
  await signIn(kit, visitor, { until: 'verify-factor' });
  const offerOf = ({ flow }: Visitor) => (flow.step as { trustDevice?: unknown }).trustDevice;
  assert.deepEqual(offerOf(visitor), { days: 30 });
  const { held } = (await visitor.act({ type: 'switch' })).flow.step as { held?: { id: string; type: string }[] };
  await visitor.act({ type: 'choose', factorId: held?.find(({ type }) => type === 'backup-codes')?.id });
  assert.equal(offerOf(visitor), null);
  const without = await createTestKit({ settings: mandatory });
  await signUp(without, without.visitor(), {});
  without.clock.advance(61_000);
  const plain = without.visitor();
  await signIn(without, plain, { until: 'verify-factor' });
  assert.equal(offerOf(plain), null);
  await plain.act({ type: 'submit-code', code: without.inbox.code(), trust: true });
  assert.deepEqual((await ownAccount(without, plain).read()).devices, []);
});

test('a trusted browser binds nothing on its word: codes that became due wait for a verification', async () => {
  const kit = await createTestKit({ settings: { ...settings, factors: ['sms'] } });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(61_000);
  const trusted = kit.visitor();
  await signIn(kit, trusted, { until: 'verify-factor' });
  await trusted.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
  await kit.backend.settings.write({ appName: 'Acme', ...settings });
  assert.deepEqual(await signIn(kit, inBrowser(kit, trusted), {}), skipped);
  const untrusted = ['identify', 'verify-factor', 'save-backup-codes', 'complete'];
  assert.deepEqual(await signIn(kit, kit.visitor(), {}), untrusted);
});
