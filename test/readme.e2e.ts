import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const port = 3212;
const folder = fileURLToPath(new URL('../node_modules/.cache/readme/', import.meta.url));

/** The first example, as it stands; only the port is another, so that it can run beside anything. */
const example = (): string => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/u.exec(readme) ?? [];
  return code.replaceAll('8000', String(port));
};

let server: ChildProcess;
let printed = '';

test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}server.mjs`, example());
  server = spawn(process.execPath, [`${folder}server.mjs`], { stdio: ['ignore', 'pipe', 'inherit'] });
  server.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await expect
    .poll(() =>
      fetch(`http://localhost:${port}/`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true);
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
