import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '../packages/demo/src/server/start-server.ts';
import { freePort } from './support/free-port.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../node_modules/.cache/readme/', import.meta.url));

/** The program that signs up and in, as it stands in the README. */
const readProgram = async (): Promise<string> => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/gu)].map(([, code = '']) => code);
  return blocks.find((code) => code.includes("'sign-up'")) ?? '';
};

test('the headless program of the README signs up and in, in plain Node, in under 30 lines', async () => {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'countersign-'));
  const demo = await startServer({ port, origin: `http://localhost:${port}`, dataDir, keys: undefined });
  after(async () => {
    await demo.close();
    await rm(dataDir, { recursive: true });
  });
  const program = await readProgram();
  assert.ok(program.trim().split('\n').length < 30);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'headless.mjs');
  await writeFile(file, program.replace('localhost:3000', `localhost:${port}`));
  const { stdout } = await run(process.execPath, ['--conditions=countersign-source', '--import', 'tsx', file]);
  const [codes = '', ...lines] = stdout.trim().split('\n');
  assert.equal(codes.split(' ').length, 10);
  assert.deepEqual(lines, [
    "sign-up complete [ 'pwd', 'sms', 'otp', 'mfa' ]",
    "sign-in complete [ 'pwd', 'sms', 'mfa' ]",
  ]);
});
