import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test } from './support/canary/test.ts';

const port = 3212;
const folder = fileURLToPath(new URL('../node_modules/.cache/readme/', import.meta.url));

/** The examples in JavaScript, as they stand. */
const examples = (): string[] => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  return [...readme.matchAll(/```js\n([\s\S]*?)```/gu)].map(([, code = '']) => code);
};

/** Starts an example; only the port is another, so that it can run beside anything. */
const start = (name: string, code = ''): ChildProcess => {
  writeFileSync(join(folder, name), code);
  const env = { ...process.env, FORCE_COLOR: '0' };
  return spawn(process.execPath, [name], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
};

let server: ChildProcess;
let printed = '';

test.beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  server = start('server.mjs', examples()[0]?.replaceAll('8000', String(port)));
  server.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const isUp = () =>
    fetch(`http://localhost:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isUp).toBe(true);
});

test.afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

test('the first example of the README works when it is pasted', async ({ page }) => {
  await page.goto(`http://localhost:${port}/`);
  await page.getByRole('textbox', { name: 'Phone number' }).fill('+31612345678');
  await page.getByRole('textbox', { name: 'Phone number' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Enter the code' })).toBeVisible();
  const code = /\b\d{6}\b/u.exec(printed)?.[0] ?? '';
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  await expect(page.getByText('Welcome, ada: pwd + sms + mfa')).toBeVisible();
});

test('the example without elements signs up and in at the demo, in under 30 lines of plain Node', async ({
  baseURL,
}) => {
  const [, program = ''] = examples();
  expect(program.trim().split('\n').length).toBeLessThan(30);
  const example = start('headless.mjs', program.replace('http://localhost:3000', baseURL ?? ''));
  const [output, [exitCode]] = await Promise.all([text(example.stdout ?? Readable.from([])), once(example, 'exit')]);
  expect(exitCode).toBe(0);
  expect(output).toContain("sign-up complete [ 'pwd', 'sms', 'otp', 'mfa' ]");
  expect(output).toContain("sign-in complete [ 'pwd', 'sms', 'mfa' ]");
});

test('the example for tests runs', async () => {
  const example = start('kit.mjs', examples()[2]);
  const [output, [exitCode]] = await Promise.all([text(example.stdout ?? Readable.from([])), once(example, 'exit')]);
  expect(exitCode).toBe(0);
  expect(output.trim()).toBe('complete 3');
});
