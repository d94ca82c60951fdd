import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bundleCommandLine, type CommandLine } from '../../support/command-line.ts';
import { createConfigFiles } from '../../support/config-files.ts';
import { root } from '../../support/sources.ts';

// What a person may type or write wrong, and what they are told.

const files = createConfigFiles();
const { folder, write, writeJson } = files;
let commandLine: CommandLine;

before(async () => {
  commandLine = await bundleCommandLine();
});
after(() => {
  commandLine.remove();
  files.remove();
});

const settings = { appName: 'Acme', factors: ['sms'] };
const twilio = { type: 'twilio', accountSid: 'AC1' };

/** What is typed, and the whole of what is answered. */
const mistakes: [args: () => string[], answer: string | RegExp, env?: NodeJS.ProcessEnv][] = [
  [() => ['sevre'], "There is no command 'sevre'; see countersign --help"],
  [() => ['serve', '--prot', '1'], "Unknown option '--prot'"],
  [() => ['serve', '--port'], "Option '--port <value>' argument missing"],
  [() => ['add-key'], 'COUNTERSIGN_KEYS: set it to the keys that there are', { COUNTERSIGN_KEYS: '' }],
  [() => ['serve', 'now'], "Unexpected argument 'now'"],
  [() => ['serve', '--port', '70000'], '--port: "70000" must be a port from 1 to 65535, such as 3000'],
  [() => ['serve'], 'PORT: "http" must be a port from 1 to 65535, such as 3000', { PORT: 'http' }],
  [() => ['serve'], 'NODE_ENV: "staging" must be production or development', { NODE_ENV: 'staging' }],
  [() => ['serve'], /^--config: name a file with settings, origins and connectors/u, { NODE_ENV: 'production' }],
  [() => ['serve', '--config', 'nowhere.json'], /^--config: "nowhere\.json" can't be read \(ENOENT/u],
  [() => ['serve', '--config', 'settings.yaml'], '--config: "settings.yaml" must end with .json or .mjs'],
  [() => ['serve', '--config', write('c.json', '{')], /^c\.json: is not JSON \(/u],
  [() => ['serve', '--config', write('c.mjs', 'throw new Error("no luck")')], "c.mjs: can't be loaded (no luck)"],
  [() => ['serve', '--config', write('c.mjs', '')], 'c.mjs: must be an object'],
  [() => ['serve', '--config', writeJson({ setings: {} })], 'countersign.json: setings: is not an option'],
  [
    () => ['serve', '--config', writeJson({ settings: { ...settings, codes: { lenght: 6 } } })],
    'countersign.json: settings.codes.lenght: is not an option',
  ],
  [() => ['serve', '--config', writeJson({ settings: {} })], 'countersign.json: settings.appName: is missing'],
  [() => ['serve', '--config', writeJson({ origins: 'x' })], 'countersign.json: origins: must be a list'],
  [
    () => ['serve', '--config', writeJson({ connectors: [twilio] })],
    'connectors.0: twilio connector: accountSid must be AC and 32 hexadecimal digits',
  ],
  [
    () => ['serve', '--config', writeJson({ connectors: [{ type: 'pigeon' }] })],
    'connectors.0: type: must be one of http, smsaero, twilio',
  ],
  [
    () => ['serve', '--config', writeJson({ origins: ['https://app.example'] })],
    'NODE_ENV: set it to production or development, since origins has "https://app.example"',
  ],
  [() => ['serve', '--data', join(root, 'package.json')], /^(?:EEXIST|ENOTDIR): /u],
];

const forAll = {
  settings,
  origins: ['https://app.example'],
  connectors: [{ type: 'http', channel: 'sms', url: 'https://messages.example' }],
};
const inProduction = (config: object) => () => ['serve', '--config', writeJson({ ...forAll, ...config })];
const printing = "{ id: 'printer', channel: 'sms', isForTests: true, send: async () => {} }";
const module = `export default { ...${JSON.stringify(forAll)}, connectors: [${printing}] };`;

/** What production refuses with a good key, and the whole of what is answered. */
const unsafe: typeof mistakes = [
  [
    inProduction({}),
    'COUNTERSIGN_KEYS: set it to keys as JSON, made once with "countersign key"',
    { COUNTERSIGN_KEYS: '' },
  ],
  [inProduction({}), /^COUNTERSIGN_KEYS must be keys as JSON/u, { COUNTERSIGN_KEYS: 'changeme' }],
  [
    inProduction({}),
    'keys: the value must have one key at least; make one with createKey()',
    { COUNTERSIGN_KEYS: '[]' },
  ],
  [inProduction({ origins: [] }), /^origins: list the origin/u],
  [inProduction({ origins: ['http://app.example'] }), 'origins: "http://app.example" must use https in production'],
  [inProduction({ origins: ['*'] }), /^origins: "\*" must be an exact origin/u],
  [inProduction({ connectors: [] }), /^settings\.factors\.0: "sms" needs a connector/u],
  [
    () => ['serve', '--config', write('printing.mjs', module)],
    'connectors: "printer" shows messages instead of sending them; give one that sends',
  ],
];

const answers = async ([args, answer, env = {}]: (typeof mistakes)[number]): Promise<void> => {
  const options = { env: { DATA_DIR: join(folder, 'never'), ...env } };
  const { code, stdout, stderr } = await commandLine.run(args(), options).ended;
  assert.deepEqual([code, stdout], [1, ''], stderr);
  const [sentence, rest] = stderr.split('\n');
  assert.equal(rest, '', stderr);
  if (typeof answer === 'string') assert.equal(sentence, answer);
  else assert.match(sentence ?? '', answer);
};

const answersAll = async (listed: typeof mistakes): Promise<void> => {
  const waiting = listed.values();
  const lane = async (): Promise<void> => {
    for (const mistake of waiting) await answers(mistake);
  };
  await Promise.all([lane(), lane()]);
};

test('answers a mistake with one sentence and exit code 1', () => answersAll(mistakes));

test('I1, I2: what production refuses stops it with one sentence and exit code 1', async () => {
  const { stdout: keys } = await commandLine.run(['key']).ended;
  const production = { NODE_ENV: 'production', COUNTERSIGN_KEYS: keys };
  await answersAll(unsafe.map(([args, answer, env]) => [args, answer, { ...production, ...env }]));
});
