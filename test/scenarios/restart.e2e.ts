import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { becomeMember } from '../support/become-member.ts';
import { sightsIn } from '../support/canary/sights-in.ts';
import { watch } from '../support/canary/watch.ts';
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

/** The demo as `npm start` runs it, printing into its folder; gives the way to stop it, which tells its exit code. */
const start = async (env: { PORT: string; DATA_DIR: string }): Promise<() => Promise<unknown>> => {
  const print = (chunk: Buffer): void => appendFileSync(join(env.DATA_DIR, 'printed.log'), chunk);
  const options = { env: { ...process.env, ...env } };
  const child = spawn(process.execPath, ['packages/demo/dist/server/main.js'], options);
  child.stderr.pipe(process.stderr);
  child.stderr.on('data', print);
  child.stdout.on('data', print);
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
  const watched = await watch(context);
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
  expect(await watched.finish(() => sightsIn(env.DATA_DIR)), 'secrets where they should not be').toEqual([]);
  await context.close();
  rmSync(env.DATA_DIR, { recursive: true });
});
