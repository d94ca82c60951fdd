import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { addPhone, ownAccount } from '../support/account.ts';
import { goOn, mandatory, signUp } from '../support/primary.ts';
import { chooseText, swapper } from '../support/swapper.ts';
import { appCode, confirmApp } from '../support/totp-app.ts';

const settings = { ...mandatory, factors: ['totp', 'sms', 'backup-codes'] };
const minute = 61_000;

/** Somebody's authenticator app. */
interface App {
  secret: string;
}

const enterCode = (kit: TestKit, visitor: Visitor, { secret }: App) =>
  visitor.act({ type: 'submit-code', code: appCode(kit, secret) });

/** Sets up the app that the flow shows the key of. */
const setUpApp = async (kit: TestKit, visitor: Visitor): Promise<App> => ({ secret: await confirmApp(kit, visitor) });

/** A member who has an app, a phone that was added behind it, and backup codes. */
const member = async () => {
  const kit = await createTestKit({ settings });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until: 'choose-factor' });
  await visitor.act({ type: 'choose', factor: 'totp' });
  const app = await setUpApp(kit, visitor);
  await goOn(kit, visitor, {});
  kit.clock.advance(minute);
  const own = kit.visitor(visitor.fetch);
  await own.begin({ kind: 'setup', factor: 'sms' });
  await enterCode(kit, own, app);
  await goOn(kit, own, {});
  kit.clock.advance(minute);
  return { kit, visitor, app };
};

const idOf = async (kit: TestKit, visitor: Visitor, type: string): Promise<string> =>
  (await ownAccount(kit, visitor).read()).factors.find((factor) => factor.type === type)?.id ?? '';

test('E1: who has the password and the number can neither remove nor replace the app', async () => {
  const { kit, visitor } = await member();
  const target = await idOf(kit, visitor, 'totp');
  const { fetch } = await swapper(kit);
  for (const request of [
    { kind: 'verify', for: { action: 'remove-factor', target } },
    { kind: 'setup', factor: 'sms', replaces: target },
  ] as const) {
    const attempt = kit.visitor(fetch);
    await attempt.begin(request);
    const { step } = attempt.flow;
    assert.deepEqual([step.name, step.actions], ['verify-factor', ['submit-code']]);
    assert.equal((step as { factorId?: string }).factorId, target);
  }
});

/** Whoever has the password and the number, with an app of their own that the number vouched for. */
const thiefWithApp = async (kit: TestKit) => {
  const { fetch } = await swapper(kit);
  const adding = kit.visitor(fetch);
  await adding.begin({ kind: 'setup', factor: 'totp' });
  await chooseText(kit, adding);
  const app = await setUpApp(kit, adding);
  assert.equal(adding.flow.step.name, 'complete');
  kit.clock.advance(minute);
  return { fetch, app };
};

/** What may remove a factor is that factor alone. */
const isSafe = async (kit: TestKit, fetcher: typeof fetch, target: string): Promise<void> => {
  const attempt = kit.visitor(fetcher);
  await attempt.begin({ kind: 'verify', for: { action: 'remove-factor', target } });
  const { step } = attempt.flow;
  assert.deepEqual([(step as { factorId?: string }).factorId, step.actions], [target, ['submit-code']]);
};

test('E1: nor with an app of their own that the number vouched for, nor with a backup code', async () => {
  const { kit, visitor } = await member();
  const target = await idOf(kit, visitor, 'totp');
  const { fetch } = await thiefWithApp(kit);
  await isSafe(kit, fetch, target);
});

test('E1: nor with a second app that the first one of their own vouched for', async () => {
  const { kit, visitor } = await member();
  const target = await idOf(kit, visitor, 'totp');
  const { fetch, app } = await thiefWithApp(kit);
  const { factors } = await ownAccount(kit, kit.visitor(fetch)).read();
  const adding = kit.visitor(fetch);
  await adding.begin({ kind: 'setup', factor: 'totp' });
  await adding.act({ type: 'switch' });
  await adding.act({ type: 'choose', factorId: factors.findLast(({ type }) => type === 'totp')?.id });
  await enterCode(kit, adding, app);
  await setUpApp(kit, adding);
  assert.equal(adding.flow.step.name, 'complete');
  kit.clock.advance(minute);
  await isSafe(kit, fetch, target);
});

test('the app removes the phone, and one phone another', async () => {
  const { kit, visitor, app } = await member();
  const account = ownAccount(kit, visitor);
  const removing = kit.visitor(visitor.fetch);
  const phone = await idOf(kit, visitor, 'sms');
  await removing.begin({ kind: 'verify', for: { action: 'remove-factor', target: phone } });
  await enterCode(kit, removing, app);
  const { step } = removing.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'step-up');
  const { status } = await account.send('DELETE', `/account/factors/${phone}`, { stepUp: step.result.token });
  assert.equal(status, 200);

  const second = await createTestKit({ settings: mandatory });
  const other = second.visitor();
  await signUp(second, other, {});
  second.clock.advance(minute);
  await addPhone(second, other, '+31612345678');
  second.clock.advance(minute);
  assert.equal((await ownAccount(second, other).remove(await idOf(second, other, 'sms'))).status, 200);
});

test('E1: what nothing that is held may remove is refused before anything is asked', async () => {
  const { kit, visitor } = await member();
  const target = await idOf(kit, visitor, 'totp');
  await kit.backend.settings.write({ appName: 'Acme', ...settings, factors: ['sms', 'backup-codes'] });
  const { status, problem } = await kit
    .visitor(visitor.fetch)
    .begin({ kind: 'verify', for: { action: 'remove-factor', target } });
  assert.deepEqual([status, problem.code], [403, 'session.mfa.stronger_factor_required']);
});
