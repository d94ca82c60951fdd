import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulator } from '@countersign/connectors/simulator';
import { isCountersignError } from '@countersign/core/errors';
import { memoryStore, type SettingsInput } from '@countersign/server';
import { createTestKit } from '@countersign/server/testing';

// What comparable systems let an operator configure; docs/known-defects.md has the list.

const sms = simulator({ channel: 'sms', inbox: () => {} });
const email = simulator({ channel: 'email', inbox: () => {} });
const good: SettingsInput = { appName: 'Acme', factors: ['totp'] };

/** A backend that cannot send text messages. */
const withoutSms = () => createTestKit({ connectors: [email], settings: good });

const at =
  (path: string) =>
  (error: unknown): boolean =>
    isCountersignError(error) && error.code === 'guard.invalid_input' && error.details.path === path;

test('KD-30: a reset by SMS beside SMS as a factor is refused until its weakness is acknowledged', async () => {
  const kit = await createTestKit({ settings: good });
  const both: SettingsInput = { ...good, factors: ['totp', 'sms'], resetPassword: { identifiers: ['phone'] } };
  const code = 'mfa.forgot_password_weakens_sms';
  await assert.rejects(kit.backend.settings.write(both), { code });
  await kit.backend.settings.write({ ...both, acknowledgeWarnings: [code] });
  assert.deepEqual((await kit.backend.settings.read()).factors, ['totp', 'sms']);
});

test('KD-31: SMS is not switched on where nothing can send one', async () => {
  const kit = await withoutSms();
  const write = kit.backend.settings.write({ ...good, factors: ['totp', 'sms'] });
  await assert.rejects(write, at('factors.1'));
  assert.deepEqual((await kit.backend.settings.read()).factors, ['totp'], 'nothing changed');
});

test('KD-32: a connector that a factor needs is not taken away: the backend does not start, and says why', async () => {
  const store = memoryStore();
  const settings: SettingsInput = { ...good, factors: ['totp', 'sms'] };
  await (await createTestKit({ store, connectors: [sms], settings })).backend.settings.write(settings);
  const start = createTestKit({ store, connectors: [email], settings });
  await assert.rejects(start, /"sms" needs a connector for the channel "sms"/u);
});

test('KD-33: a change of the sign-up alone is checked against everything else', async () => {
  const kit = await withoutSms();
  const write = kit.backend.settings.write({ ...good, signUp: { identifiers: ['phone'] } });
  await assert.rejects(write, at('signUp.identifiers.0'));
});
