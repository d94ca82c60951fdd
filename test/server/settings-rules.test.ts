import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulator } from '@countersign/connectors/simulator';
import { backupCodes } from '@countersign/factors/backup-codes/server';
import { sms } from '@countersign/factors/sms/server';
import { createAdministratorKey } from '@countersign/server';
import { createTestKit, type TestKitOptions } from '@countersign/server/testing';
import type { Settings } from '../../packages/server/src/settings/schema.ts';

/** A factor by mail, as far as settings can tell. */
const mail = { ...sms(), contract: { ...sms().contract, type: 'email' }, channels: ['email'] as const };
const factors = [sms(), mail, backupCodes()];
const inbox = () => {};
const connectors = [simulator({ channel: 'sms', inbox }), simulator({ channel: 'email', inbox })];
const good = { appName: 'Acme', factors: ['sms', 'email'] };

const administered = async (options: TestKitOptions = {}) => {
  const { key, keyHash } = await createAdministratorKey();
  const administrators = [{ keyHash, scopes: ['settings'] as const, expiresAt: null }];
  const kit = await createTestKit({ factors, settings: good, ...options, administrators });
  const call = async (method: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await kit.browser()(`${kit.base}/admin/settings`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const refusal = async (settings: unknown) => {
    const { status, body } = await call('PUT', settings);
    return [status, body['code'], body['path']];
  };
  return { kit, call, refusal };
};

const codeFor = (type: 'email' | 'phone') => ({ signIn: { identifiers: [type], methods: ['password', 'code'] } });

for (const [type, factor, index] of [
  ['phone', 'sms', 0],
  ['email', 'email', 1],
] as const) {
  const prefix = `sign_in_experiences.${type}_verification_code_cannot_be_used_for_`;

  test(`${type}: I4: a code that signs in is refused while its factor is on`, async () => {
    const { call, refusal } = await administered();
    assert.deepEqual(await refusal({ ...good, ...codeFor(type) }), [400, `${prefix}sign_in`, 'signIn.methods.1']);
    const stored = (await call('GET')).body['settings'] as Settings;
    assert.deepEqual(stored.signIn.methods, ['password'], 'nothing changed');
  });

  test(`${type}: I4: its factor is refused while the code signs in`, async () => {
    const { call, refusal } = await administered();
    const others = good.factors.filter((one) => one !== factor);
    assert.equal((await call('PUT', { ...good, factors: others, ...codeFor(type) })).status, 200);
    assert.deepEqual(await refusal({ ...good, ...codeFor(type) }), [400, `${prefix}mfa`, `factors.${index}`]);
    const stored = (await call('GET')).body['settings'] as Settings;
    assert.deepEqual(stored.factors, others, 'nothing changed');
  });

  test(`${type}: a code at sign-up and the factor go together`, async () => {
    const { call } = await administered();
    assert.equal((await call('PUT', { ...good, signUp: { identifiers: [type] } })).status, 200);
  });

  test(`${type}: E9, I4: a reset by the channel of a factor needs its warning acknowledged, whichever came first`, async () => {
    const code = `mfa.forgot_password_weakens_${factor}`;
    const resetPassword = { identifiers: [type] };
    const other = { ...good, factors: [factor === 'sms' ? 'email' : 'sms'] };

    const factorFirst = await administered();
    const refused = [400, code, 'resetPassword.identifiers.0'];
    assert.deepEqual(await factorFirst.refusal({ ...good, resetPassword }), refused);
    const resetFirst = await administered({ settings: { ...other, resetPassword } });
    assert.deepEqual(await resetFirst.refusal({ ...good, resetPassword }), refused);

    const { status, body } = await resetFirst.call('PUT', { ...good, resetPassword, acknowledgeWarnings: [code] });
    assert.equal(status, 200);
    const [warning] = body['warnings'] as { code: string; path: string; message: string }[];
    assert.deepEqual([warning?.code, warning?.path], [code, 'resetPassword.identifiers.0']);
    const read = await resetFirst.call('GET');
    assert.equal((await resetFirst.call('PUT', read.body['settings'])).status, 200, 'what was read can be written');
  });
}

test('a reset is refused where nobody signs in with a password', async () => {
  const { refusal } = await administered();
  const resetPassword = { identifiers: ['email'] };
  const settings = { ...good, factors: ['sms'], signIn: { identifiers: ['email'], methods: ['code'] }, resetPassword };
  assert.deepEqual(await refusal(settings), [400, 'guard.invalid_input', 'resetPassword.identifiers']);
});

test('C13: SMS as the only primary factor is allowed, with a warning that says to offer another', async () => {
  const { call } = await administered();
  const { status, body } = await call('PUT', { ...good, factors: ['sms', 'backup-codes'] });
  assert.equal(status, 200);
  const message = 'text messages are the only second factor; offer another beside them, such as a passkey';
  assert.deepEqual(body['warnings'], [{ code: 'mfa.only_sms', path: 'factors', message }]);
  assert.deepEqual((await call('GET')).body['warnings'], body['warnings']);
  assert.deepEqual((await call('PUT', good)).body['warnings'], []);
});

test('a factor or an address without its connector is refused by name', async () => {
  const { call, refusal } = await administered({
    connectors: connectors.slice(1),
    settings: { ...good, factors: ['email'] },
  });
  assert.deepEqual(await refusal(good), [400, 'guard.invalid_input', 'factors.0']);
  const { body } = await call('PUT', good);
  assert.equal(body['detail'], '"sms" needs a connector for the channel "sms"; add one to connectors');
  const reset = { ...good, factors: ['email'], resetPassword: { identifiers: ['phone'] } };
  assert.deepEqual(await refusal(reset), [400, 'guard.invalid_input', 'resetPassword.identifiers.0']);
});

test('taking away the last SMS connector while SMS is on stops the start, and names what depends on it', async () => {
  const start = createTestKit({ factors, connectors: connectors.slice(1), settings: good });
  await assert.rejects(start, /settings\.factors\.0: "sms" needs a connector for the channel "sms"/u);
});

test('I3, I6: what is unknown, of the wrong type or out of bounds is refused with its path', async () => {
  const { refusal } = await administered();
  const template = (text: unknown) => ({ templates: { BindMfa: { en: text } } });
  const cases = [
    [{ factors: ['backup-codes'] }, 'factors', 'sign_in_experiences.backup_code_cannot_be_enabled_alone'],
    [{ pigeon: true }, 'pigeon'],
    [{ resetPassword: { identifiers: ['pigeon'] } }, 'resetPassword.identifiers.0'],
    [{ signIn: { methods: [] } }, 'signIn.methods'],
    [{ signIn: { methods: ['magic'] } }, 'signIn.methods.0'],
    [{ signIn: { methods: ['code', 'code'] } }, 'signIn.methods.1'],
    [{ acknowledgeWarnings: ['all'] }, 'acknowledgeWarnings.0'],
    [{ codes: { lifeSeconds: 601 } }, 'codes.lifeSeconds'],
    [template('no code'), 'templates.BindMfa.en'],
    [template('{{code}} {{name}}'), 'templates.BindMfa.en'],
    [template(1), 'templates.BindMfa.en'],
    [{ templates: { Pigeon: { en: '{{code}}' } } }, 'templates.Pigeon'],
    [{ templates: { Generic: { English: '{{code}}' } } }, 'templates.Generic.English'],
    [{ templates: { BindMfa: { en: '{{code}}' }, BindMFA: { en: '{{code}}' } } }, 'templates'],
  ] as const;
  for (const [change, path, code = 'guard.invalid_input'] of cases) {
    assert.deepEqual(await refusal({ ...good, ...change }), [400, code, path]);
  }
});
