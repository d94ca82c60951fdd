import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bundleCommandLine, type CommandLine } from '../../support/command-line.ts';
import { createConfigFiles } from '../../support/config-files.ts';
import { freePort } from '../../support/free-port.ts';
import { type MessageEndpoint, startMessageEndpoint } from '../../support/message-endpoint.ts';
import { browserAt } from '../../support/over-http.ts';
import { ada, mandatory, signIn, signUp } from '../../support/primary.ts';
import { root } from '../../support/sources.ts';

const files = createConfigFiles();
const { folder, write, writeJson } = files;
let commandLine: CommandLine;
let endpoint: MessageEndpoint;

before(async () => {
  commandLine = await bundleCommandLine();
  endpoint = await startMessageEndpoint();
});
after(() => {
  endpoint.close();
  commandLine.remove();
  files.remove();
});

let data = 0;

const newFolder = (): string => join(folder, `data-${(data += 1)}`);

const start = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const command = commandLine.run(['serve', ...args], { env });
  const [, url = ''] = await command.printed(/listens at (http\S+),/u);
  const stop = async () => {
    command.process.kill('SIGTERM');
    return command.ended;
  };
  return { url, stop, command };
};

test('without a configuration it serves what there is to try, and prints the messages', async () => {
  const port = String(await freePort());
  const { url, stop, command } = await start(['--port', port, '--data', newFolder()]);
  assert.equal(url, `http://localhost:${port}`);
  const { visitor } = browserAt(url);
  await visitor.begin('sign-up');
  await visitor.act({ type: 'identify', identifier: ada });
  const [, code] = await command.printed(/^email to ada@example\.com: .*?(\d{6})/mu);
  assert.equal((await visitor.act({ type: 'submit-code', code })).flow.step.name, 'set-password');
  const { code: exitCode, stderr } = await stop();
  assert.deepEqual([exitCode, stderr], [0, '']);
});

test('a restart keeps users and sessions, whichever way the server ends', async () => {
  const env = { PORT: String(await freePort()), DATA_DIR: newFolder() };
  const config = writeJson({ settings: { appName: 'Acme', ...mandatory }, connectors: endpoint.connectors });
  const first = await start(['--config', config], env);
  const browser = browserAt(first.url);
  await signUp(endpoint, browser.visitor, { identifier: ada });
  first.command.process.kill('SIGKILL');
  await first.command.ended;
  for (const end of ['SIGTERM', 'SIGINT'] as const) {
    const { url, command } = await start(['--config', config], env);
    assert.equal((await browser.fetch(`${url}/api/v1/session`)).status, 200);
    const steps = await signIn(endpoint, browserAt(url).visitor, { identifier: ada });
    assert.deepEqual(steps, ['identify', 'verify-factor', 'complete']);
    command.process.kill(end);
    assert.equal((await command.ended).code, 0);
  }
});

test('production is served from a configuration and the key that the command line made', async () => {
  const { stdout: keys } = await commandLine.run(['key']).ended;
  const { stdout } = await commandLine.run(['administrator-key']).ended;
  const [, key, keyHash] = /^key: +([\w-]{43})\nkeyHash: ([\w-]{43})\n$/u.exec(stdout) ?? [];
  const config = writeJson({
    settings: { appName: 'Acme', ...mandatory, countries: ['NL'] },
    origins: ['https://app.example'],
    connectors: endpoint.connectors,
    administrators: [{ keyHash, scopes: ['settings'], expiresAt: '2099-01-01T00:00:00Z' }],
    proxies: 1,
  });
  const args = ['--config', config, '--data', newFolder(), '--port', String(await freePort())];
  const { url, stop } = await start(args, { NODE_ENV: 'production', COUNTERSIGN_KEYS: keys });
  const read = (bearer = '') =>
    fetch(`${url}/api/v1/admin/settings`, { headers: { authorization: `Bearer ${bearer}` } });
  assert.deepEqual([(await read(key)).status, (await read(keyHash)).status], [200, 401]);
  assert.equal((await stop()).code, 0);
});

test('O4: a key is replaced by the command line, and the server does not start without one that rows need', async () => {
  const data = newFolder();
  const port = String(await freePort());
  const args = [
    '--config',
    writeJson({ settings: { appName: 'Acme', ...mandatory }, connectors: endpoint.connectors }),
  ];
  const onData = [...args, '--data', data, '--port', port];
  const make = async (command: string, keys = ''): Promise<string> =>
    (await commandLine.run([command], { env: { COUNTERSIGN_KEYS: keys } }).ended).stdout.trim();
  const rekey = async (keys: string) =>
    (await commandLine.run(['rekey', ...onData], { env: { COUNTERSIGN_KEYS: keys } }).ended).stdout;

  const old = await make('key');
  const { url, stop } = await start(onData, { COUNTERSIGN_KEYS: old });
  await signUp(endpoint, browserAt(url).visitor, { identifier: ada });
  await stop();
  const used = await make('use-key', await make('add-key', old));
  const [next, former] = JSON.parse(used) as { id: string }[];
  assert.equal(JSON.parse(old)[0].id, former?.id);
  // The address, the phone and the codes; the flow and the codes that were sent are of today.
  assert.equal(await rekey(used), 'Sealed anew: 3\nKeys that no row needs: none\n');
  assert.equal(await rekey(used), 'Sealed anew: 0\nKeys that no row needs: none\n');
  const alone = await make('drop-keys', used);
  assert.deepEqual(JSON.parse(alone), [next]);
  const early = await commandLine.run(['serve', ...onData], { env: { COUNTERSIGN_KEYS: alone } }).ended;
  assert.deepEqual([early.code, early.stdout], [1, '']);
  assert.match(early.stderr, new RegExp(`^keys: add ${former?.id}, which stored rows were made with`, 'u'));
  const later = await start(onData, { COUNTERSIGN_KEYS: used });
  await signIn(endpoint, browserAt(later.url).visitor, { identifier: ada });
  await later.stop();
});

test('a module may give what JSON cannot', async () => {
  const module = `export default {
    settings: { appName: 'Acme', signUp: { identifiers: ['email'] }, factors: ['sms'] },
    connectors: ['sms', 'email'].map((channel) => ({
      id: channel,
      channel,
      send: async ({ to, usage }) => console.log('mine', channel, to, usage),
    })),
  };`;
  const port = String(await freePort());
  const { url, stop, command } = await start([
    '--config',
    write('config.mjs', module),
    '--port',
    port,
    '--data',
    newFolder(),
  ]);
  const { visitor } = browserAt(url);
  await visitor.begin('sign-up');
  await visitor.act({ type: 'identify', identifier: ada });
  await command.printed(/^mine email ada@example\.com Register$/mu);
  await stop();
});

test('the configurations in the documentation are served as they stand', async () => {
  const text = readFileSync(join(root, 'docs/serving.md'), 'utf8');
  const [, json = ''] = /```json\n(.*?)```/su.exec(text) ?? [];
  const [, module = ''] = /```js\n(.*?)```/su.exec(text) ?? [];
  const modulePath = await commandLine.writeModule('documented.mjs', module);
  const { stdout: keys } = await commandLine.run(['key']).ended;
  const twilioOptions = { TWILIO_ACCOUNT: `AC${'0'.repeat(32)}`, TWILIO_TOKEN: 'token', TWILIO_FROM: '+31600000000' };
  for (const config of [write('documented.json', json), modulePath]) {
    const args = ['--config', config, '--data', newFolder(), '--port', String(await freePort())];
    const { stop } = await start(args, { NODE_ENV: 'production', COUNTERSIGN_KEYS: keys, ...twilioOptions });
    assert.equal((await stop()).code, 0);
  }
});

test('says its version, and what it can do', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/server/package.json'), 'utf8')) as {
    version: string;
  };
  assert.equal((await commandLine.run(['--version']).ended).stdout, `${version}\n`);
  const help = await commandLine.run(['--help']).ended;
  assert.match(help.stdout, /^Usage: countersign <command> \[options\]\n/u);
  assert.deepEqual([await commandLine.run([]).ended, help.code], [help, 0]);
});

test('a port that is in use stops it, too', async () => {
  const args = ['--port', String(await freePort()), '--data', newFolder()];
  const { stop } = await start(args);
  const second = await commandLine.run(['serve', ...args]).ended;
  assert.deepEqual([second.code, second.stderr], [1, `port: ${args[1]} is in use; choose another\n`]);
  await stop();
});
