import assert from 'node:assert/strict';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BackendOptions, createBackend, createKey, createNextKey, memoryStore, scrypt } from '@countersign/server';
import { loadKeys } from '@countersign/server/node';
import { http } from '@countersign/connectors/http';
import { simulator } from '@countersign/connectors/simulator';
import { sms } from '@countersign/factors/sms/server';
import { createTestKit, drive } from '@countersign/server/testing';

/** Somebody else's, who is never asked. */
const provider = http({ channel: 'sms', url: 'https://messages.example/send' });

const good = async (): Promise<BackendOptions> => ({
  factors: [sms()],
  connectors: [provider],
  store: memoryStore(),
  keys: [await createKey()],
  origins: ['https://app.example'],
  settings: { appName: 'Acme', factors: ['sms'], countries: ['NL'] },
});

/** Options from outside TypeScript: what a person may write. */
const refuses = async (change: object, sentence: RegExp): Promise<void> => {
  const options = Object.assign(await good(), change);
  await assert.rejects(createBackend(options), { name: 'ConfigurationError', message: sentence });
};

const withSettings = async (settings: object) => ({ settings: { ...(await good()).settings, ...settings } });

/** 32 bytes, each made from its place. */
const made = (byte: (place: number) => number): string =>
  Buffer.from(Array.from({ length: 32 }, (_, place) => byte(place))).toString('base64url');

test('a good configuration starts', async () => {
  await createBackend(await good());
});

test('I1, I2: a bad one stops the start with one sentence that says what to set', async () => {
  await refuses(
    { connectors: [] },
    /^settings\.factors\.0: "sms" needs a connector for the channel "sms"; add one to connectors$/u,
  );
  await refuses({ factors: [] }, /^settings\.factors\.0: "sms" is not among the factors given/u);
  await refuses({ origins: [] }, /^origins: list the origin/u);
  await refuses({ origins: ['https://app.example/'] }, /^origins: "https:\/\/app\.example\/" must be an exact origin/u);
  await refuses({ origins: ['http://app.example'] }, /must use https in production$/u);
  await refuses({ basePath: 'api/' }, /^basePath: /u);
  await refuses({ keys: [{ ...(await createKey()), secret: 'short' }] }, /^keys: 0\.secret must be 32 bytes/u);
  await refuses({ basePath: '/api/v1/' }, /^basePath: "\/api\/v1\/" must begin with a slash and not end with one/u);
  await refuses({ origins: ['*'] }, /^origins: "\*" must be an exact origin/u);
  await refuses({ origins: ['https://*.example'] }, /^origins: "https:\/\/\*\.example" must be/u);
  const first = await createKey();
  await refuses({ keys: [first, await createKey()] }, /^keys: 1\.stable must be that of the first key/u);
  await refuses({ keys: [first, first] }, /^keys: 1\.id is there twice$/u);
  await refuses({ keys: [] }, /^keys: the value must have one key at least/u);
  await refuses({ keys: undefined }, /^keys: the value must be a list of keys/u);
  const quick = { id: 'quick', isForTests: true, derive: async () => new Uint8Array(32) };
  await refuses({ slowHash: quick }, /^slowHash: /u);
  await refuses({ formerHashes: [quick] }, /^formerHashes: /u);
  const shown = simulator({ channel: 'sms', inbox: () => {} });
  await refuses({ connectors: [shown] }, /^connectors: "simulator-sms" shows messages instead of sending them/u);
  await refuses({ connectors: [provider, shown] }, /^connectors: "simulator-sms" shows messages/u);
  await refuses({ keys: [{}] }, /^keys: 0\.id is not what createKey\(\) gives; make one with createKey\(\)$/u);
});

test('I1: a key that nobody drew, that was published, or that serves two uses is refused', async () => {
  const key = await createKey();
  const { secret, stable, signing } = key;
  const other = (await createKey()).signing;
  const published = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
  const cases: [object, RegExp][] = [
    [{ secret: made(() => 0) }, /^keys: 0\.secret must be random bytes/u],
    [{ secret: made(() => 0xff) }, /^keys: 0\.secret must be random bytes/u],
    [{ secret: made((place) => place) }, /^keys: 0\.secret must be random bytes/u],
    [{ secret: made((place) => 255 - 3 * place) }, /^keys: 0\.secret must be random bytes/u],
    [{ secret: made((place) => (place * place) % 8) }, /^keys: 0\.secret must be random bytes/u],
    [{ secret: btoa('a long sentence is not a secret.').slice(0, 43) }, /^keys: 0\.secret must be random bytes/u],
    [{ stable: made(() => 0x5a) }, /^keys: 0\.stable must be random bytes/u],
    [{ stable: `${stable}A` }, /^keys: 0\.stable must be 32 bytes in base64url; /u],
    [{ stable: secret }, /^keys: each secret must be there once, for one use; use createKey\(\)$/u],
    [{ secret: signing.d }, /^keys: each secret must be there once/u],
    [{ signing: { ...signing, d: made(() => 1) } }, /^keys: 0\.signing\.d must be random bytes/u],
    [{ signing: { ...signing, d: published } }, /^keys: 0\.signing\.d is a key that was published as an example/u],
    [{ signing: { ...signing, d: 'short' } }, /^keys: 0\.signing\.d must be 32 bytes in base64url/u],
    [{ signing: { ...signing, x: other.x } }, /^keys: 0\.signing is not a pair/u],
  ];
  for (const [change, sentence] of cases) await refuses({ keys: [{ ...key, ...change }] }, sentence);
  const again = { ...key, id: 'again' };
  await refuses({ keys: [key, again] }, /^keys: each secret must be there once/u);
  const split = { ...(await createNextKey(key)), signing: { ...signing, d: other.d } };
  await refuses({ keys: [key, split] }, /^keys: 1\.signing is not a pair/u);
});

test('I3, I6: settings out of bounds, of the wrong type or unknown are refused with their path', async () => {
  const cases: [object, RegExp][] = [
    [{ appName: '' }, /^settings\.appName: must not be empty$/u],
    [{ appName: 'x'.repeat(31) }, /^settings\.appName: must have at most 30/u],
    [{ factors: [] }, /^settings\.factors: must name at least one factor$/u],
    [{ factors: ['pigeon'] }, /^settings\.factors\.0: "pigeon" is not among/u],
    [{ codes: { length: 5 } }, /^settings\.codes\.length: must be at least 6$/u],
    [{ codes: { length: 11 } }, /^settings\.codes\.length: must be at most 10$/u],
    [{ codes: { lifeSeconds: 601 } }, /^settings\.codes\.lifeSeconds: must be at most 600$/u],
    [{ codes: { maxTries: 11 } }, /^settings\.codes\.maxTries: must be at most 10$/u],
    [{ codes: { waitSeconds: [29] } }, /^settings\.codes\.waitSeconds\.0: must be at least 30$/u],
    [{ codes: { waitSeconds: [] } }, /^settings\.codes\.waitSeconds: must name at least one wait$/u],
    [{ codes: { maxTries: '5' } }, /^settings\.codes\.maxTries: must be a whole number from 1 to 10$/u],
    [{ sends: { perNumberDay: 11 } }, /^settings\.sends\.perNumberDay: must be at most 10$/u],
    [{ countries: 'NL' }, /^settings\.countries: must be "all" or a list/u],
    [{ countrys: ['NL'] }, /^settings\.countrys: /u],
  ];
  for (const [settings, sentence] of cases) await refuses(await withSettings(settings), sentence);
});

test('I5: the smallest configuration has every guard on [CVE-2025-64102]', async () => {
  const { settings } = await good();
  const { read } = (await createBackend({ ...(await good()), settings: { ...settings, factors: ['sms'] } })).settings;
  const { codes, sends, trustedDevices, acknowledgeWarnings, ...rest } = await read();
  assert.deepEqual(codes, { length: 6, lifeSeconds: 300, maxTries: 5, waitSeconds: [60, 120, 240] });
  assert.deepEqual([sends.perNumberTenMinutes, sends.perNumberDay, sends.perUserDay, sends.voip], [5, 10, 10, false]);
  assert.deepEqual([sends.conversion.percent, sends.budget.messagesPerHour], [10, 2000]);
  assert.deepEqual([trustedDevices, acknowledgeWarnings, rest.signIn.identifiers], [undefined, [], []]);

  const kit = await createTestKit({ settings: {} });
  const guess = async (): Promise<string> => {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin()).token);
    kit.clock.advance(61_000);
    return (await visitor.act({ type: 'submit-code', code: '000000' })).problem.code;
  };
  await drive(kit).bind();
  kit.clock.advance(61_000);
  const codesOf: string[] = [];
  for (let times = 0; times < 11; times += 1) codesOf.push(await guess());
  assert.equal(codesOf.indexOf('session.verification_blocked_too_many_attempts'), 10, codesOf.join());
});

test('C5: in production nothing is sent until countries are listed', async () => {
  const kit = await createTestKit({
    environment: 'production',
    origins: ['https://app.example'],
    slowHash: scrypt(),
    connectors: [provider],
  });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  assert.equal((await visitor.act({ type: 'submit-phone', phone: '+31612345678' })).problem.code, 'user.invalid_phone');
});

test('settings changed by another process are seen within five seconds', async () => {
  const store = memoryStore();
  const kit = await createTestKit({ store });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await store.settings.write({ appName: 'Acme', factors: ['sms'], countries: ['DE'] });
  kit.clock.advance(5000);
  assert.equal((await visitor.act({ type: 'submit-phone', phone: '+31612345678' })).problem.code, 'user.invalid_phone');
});

test('I1: development makes its key once, readable by its owner alone; production wants it set', async () => {
  const dataDir = join(await mkdtemp(join(tmpdir(), 'countersign-')), 'data');
  const first = await loadKeys({ keys: undefined, dataDir, production: false });
  assert.deepEqual(await loadKeys({ keys: undefined, dataDir, production: false }), first);
  const path = join(dataDir, 'keys.json');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), first);

  await assert.rejects(loadKeys({ keys: undefined, dataDir, production: true }), {
    message: /^COUNTERSIGN_KEYS: set it/u,
  });
  await assert.rejects(loadKeys({ keys: 'nonsense', dataDir, production: true }), {
    message: /^COUNTERSIGN_KEYS must be keys as JSON/u,
  });
  assert.deepEqual(await loadKeys({ keys: JSON.stringify(first), dataDir, production: true }), first);
  await writeFile(path, '{}');
  await assert.rejects(loadKeys({ keys: undefined, dataDir, production: false }), { name: 'ConfigurationError' });
});
