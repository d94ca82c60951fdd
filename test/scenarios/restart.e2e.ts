import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { becomeMember } from '../support/become-member.ts';
import {
  codeField,
  newcomer,
  readCode,
  sendMoney,
  signedInAs,
  signOutButton,
  typePassword,
} from '../support/harbor.ts';

test.describe.configure({ timeout: 60_000 });

/** The demo as `npm start` runs it; gives the way to stop it, which tells its exit code. */
const start = async (env: { PORT: string; DATA_DIR: string }): Promise<() => Promise<unknown>> => {
  const options = { env: { ...process.env, ...env } };
  const child = spawn(process.execPath, ['packages/demo/dist/server/main.js'], options);
  child.stderr.pipe(process.stderr);
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
};

test('a restart of the demo loses nobody, and a code that was sent before still serves', async ({ browser }) => {
  const env = { PORT: String(await freePort()), DATA_DIR: mkdtempSync(join(tmpdir(), 'countersign-demo-')) };
  const context = await browser.newContext({ baseURL: `http://localhost:${env.PORT}` });
  const page = await context.newPage();
  const person = newcomer();
  let stop = await start(env);
  await becomeMember(page, person);
  await sendMoney(page);
  const code = await readCode(page, person.phone, 2);
  expect(await stop()).toBe(0);

  stop = await start(env);
  await page.goto('/');
  await expect(signedInAs(page, person.email)).toBeVisible();
  await signOutButton(page).click();
  await typePassword(page, person);
  await codeField(page).fill(code);
  await expect(signedInAs(page, person.email)).toBeVisible();
  expect(await stop()).toBe(0);
  await context.close();
  rmSync(env.DATA_DIR, { recursive: true });
});
