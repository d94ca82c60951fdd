import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore, type SlowHash } from '@countersign/server';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { fastHash } from '../../packages/server/src/testing/fast-hash.ts';
import { administeredOn } from '../support/administered.ts';
import { atBackupCode, saveCodes, shownCodes } from '../support/backup-codes.ts';
import { adasPhone, mandatory, signUp } from '../support/primary.ts';
import { appCode, confirmApp, shownKey } from '../support/totp-app.ts';

const wrongCode = 'session.mfa.invalid_backup_code';

const enter = async (kit: TestKit, kind: 'setup' | 'verify'): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind })).token);
  return visitor;
};

test('E8: an app that was removed and added again has another key, and no old one serves [CVE-2026-9047]', async () => {
  const scopes = ['users:write'] as const;
  const { kit, call } = await administeredOn(async () => memoryStore(), { scopes, settings: { factors: ['totp'] } });
  const old: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const secret = await confirmApp(kit, await enter(kit, 'setup'));
    kit.clock.advance(60_000);
    const visitor = await enter(kit, 'verify');
    for (const former of old) {
      const { problem } = await visitor.act({ type: 'submit-code', code: appCode(kit, former) });
      assert.equal(problem.code, 'session.mfa.invalid_totp_code');
    }
    await visitor.act({ type: 'submit-code', code: appCode(kit, secret) });
    assert.equal(visitor.flow.step.name, 'complete');
    old.push(secret);
    const [{ id = '' } = {}] = await kit.backend.users.factors('ada');
    assert.equal((await call(`DELETE /users/ada/factors/${id}`)).status, 204);
    kit.clock.advance(60_000);
  }
  assert.equal(new Set(old).size, 3);
});

test('H3: a backup code of another person is wrong [CVE-2025-64175]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [own = ''] = await saveCodes(kit);
  const eve = kit.visitor();
  await signUp(kit, eve, { identifier: { type: 'phone', value: '+31687654321' }, until: 'save-backup-codes' });
  const [hers = ''] = shownCodes(eve);
  await eve.act({ type: 'acknowledge' });
  kit.clock.advance(61_000);
  const visitor = await atBackupCode(kit);
  assert.equal((await visitor.act({ type: 'submit-code', code: hers })).problem.code, wrongCode);
  assert.equal((await visitor.act({ type: 'submit-code', code: own })).flow.step.name, 'complete');
});

test('F5, H5: nothing else that is typed is a backup code, and what is no text is no try [CVE-2022-45174]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [code = ''] = await saveCodes(kit);
  const visitor = await atBackupCode(kit);
  const submit = (typed: unknown) => visitor.act({ type: 'submit-code', code: typed });
  for (const typed of [null, true, 0, [code], { code }, '']) assert.equal((await submit(typed)).status, 400);
  const last = code.endsWith('A') ? 'B' : 'A';
  for (const typed of ['x', `${code}0`, code.slice(1), `${code.slice(0, -1)}${last}`, 'null', adasPhone.value]) {
    assert.equal((await submit(typed)).problem.code, wrongCode);
  }
  assert.equal((await submit(code)).flow.step.name, 'complete');
});

test('F6: a key that was shown can be confirmed for ten minutes', async () => {
  const kit = await createTestKit({ settings: { factors: ['totp'] } });
  const visitor = await enter(kit, 'setup');
  const { secret } = shownKey(visitor);
  kit.clock.advance(600_000);
  const late = await visitor.act({ type: 'submit-code', code: appCode(kit, secret) });
  assert.deepEqual([late.status, late.problem.code], [410, 'flow.expired']);
  assert.deepEqual(await kit.backend.users.factors('ada'), []);
});

test('F6: no GET gives the key of an app to who has the cookies alone, and none may be cached [GHSA-fxq4-r6mr-9x64]', async () => {
  const kit = await createTestKit({ settings: { factors: ['totp'] } });
  const visitor = await enter(kit, 'setup');
  const { secret } = shownKey(visitor);
  const spaced = secret.replace(/.{4}(?=.)/gu, '$& ');
  const document = (await (await visitor.fetch(`${kit.base}/openapi.json`)).json()) as { paths: object };
  const paths = Object.entries(document.paths).flatMap(([path, methods]) => ('get' in Object(methods) ? [path] : []));
  assert.ok(paths.includes('/flows/current'));
  for (const path of paths) {
    const text = await (await visitor.fetch(`${kit.base}${path}`)).text();
    assert.ok(!text.includes(secret) && !text.includes(spaced), path);
  }
  const headers = { authorization: `Bearer ${visitor.token}` };
  const own = await visitor.fetch(`${kit.base}/flows/current`, { headers });
  assert.ok((await own.text()).includes(spaced));
  assert.equal(own.headers.get('cache-control'), 'no-store');
});

test('H2: a try at a backup code costs one slow hash, however many codes are left', async () => {
  let derived = 0;
  const slow = fastHash();
  const counted: SlowHash = {
    ...slow,
    async derive(text, salt) {
      derived += 1;
      return slow.derive(text, salt);
    },
  };
  const kit = await createTestKit({ settings: mandatory, slowHash: counted });
  const [code = ''] = await saveCodes(kit);
  const visitor = await atBackupCode(kit);
  for (const typed of ['AAAA-BBBB-CCCC-DDDD', code]) {
    derived = 0;
    await visitor.act({ type: 'submit-code', code: typed });
    assert.equal(derived, 1);
  }
});

test('F2: the sealed key of an app opens for its own user and factor alone', async () => {
  const store = memoryStore();
  const kit = await createTestKit({ store, settings: { factors: ['totp'] } });
  await confirmApp(kit, await enter(kit, 'setup'));
  await kit.begin({ userId: 'eve' });
  kit.clock.advance(60_000);
  const [row] = await store.factors.list('ada');
  assert.ok(row);
  const moved = { ...row, userId: 'eve', counter: 0 };
  const committed = await store.changes.commit([
    { type: 'remove-factor', id: row.id },
    { type: 'add-factor', factor: moved },
  ]);
  assert.ok(committed.done);
  assert.equal((await store.factors.list('eve')).length, 1);
  await assert.rejects(kit.backend.users.factors('eve'), { name: 'OperationError' });
});
