import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulator } from '@countersign/connectors/simulator';
import { createAdministratorKey } from '@countersign/server';
import { serve } from '@countersign/server/node';
import { createInbox, type Inbox } from '@countersign/server/testing';
import { expect, type Page } from '@playwright/test';
import { sightsIn } from './canary/sights-in.ts';
import { test as base } from './canary/test.ts';
import { freePort } from './free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A host that takes visitors, and the phone that its backend's messages reach. */
interface Running {
  origin: string;
  /** Where its backend keeps its data. */
  folder: string;
  inbox: Inbox;
  stop(): Promise<void>;
}

/** Starts a backend that serves for itself, and the host before it. */
const start = async (command: string, file: string): Promise<Running> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-host-'));
  const inbox = createInbox();
  const origin = `http://localhost:${await freePort()}`;
  const { key, keyHash } = await createAdministratorKey();
  const backend = await serve({
    port: await freePort(),
    dataDir: folder,
    origins: [origin],
    environment: 'development',
    connectors: [simulator({ channel: 'sms', inbox: (message) => inbox.receive(message) })],
    administrators: [{ keyHash, scopes: ['flows'], expiresAt: null }],
    settings: { appName: 'Acme', factors: ['sms'], policy: { mode: 'mandatory' } },
  });
  const elements = join(root, 'packages/countersign/dist/cdn');
  const host = { PORT: new URL(origin).port, COUNTERSIGN_URL: backend.url, COUNTERSIGN_KEY: key, ELEMENTS: elements };
  const child = spawn(command, [file], { cwd: root, env: { ...process.env, ...host }, stdio: 'inherit' });
  const stop = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
    await backend.close();
    rmSync(folder, { recursive: true });
  };
  return { origin, folder, inbox, stop };
};

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

const login = async (page: Page, { origin }: Running, password = 'lovelace'): Promise<void> => {
  await page.goto(origin);
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

const signIn = async (page: Page, host: Running): Promise<void> => {
  await login(page, host);
  await page.getByRole('textbox', { name: 'Phone number' }).fill('+31612345678');
  await page.getByRole('textbox', { name: 'Phone number' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Enter the code' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Code' }).fill(host.inbox.code());
  await expect(page.getByText('Signed in by pwd + sms + mfa.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();

  const before = host.inbox.messages.length;
  await login(page, host);
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeVisible();
  expect(host.inbox.messages.length).toBe(before + 1);
  expect(host.inbox.messages.at(-1)?.usage).toBe('MfaVerification');
  await page.goto(host.origin);
  await expect(page.getByText('Welcome'), 'a password alone opens nothing').toHaveCount(0);
  await page.getByRole('textbox', { name: 'Code' }).fill(host.inbox.code());
  await expect(page.getByText('Welcome, ada')).toBeVisible();
};

const refusePassword = async (page: Page, host: Running): Promise<void> => {
  const before = host.inbox.messages.length;
  await login(page, host, 'byron');
  await expect(page.getByRole('alert')).toBeVisible();
  expect(host.inbox.messages.length).toBe(before);
};

const refuseProof = async (page: Page, host: Running): Promise<void> => {
  await login(page, host);
  await expect(page.getByRole('textbox', { name: /^(?:Code|Phone number)$/u })).toBeVisible();
  const status = await page.evaluate(async () => (await fetch('/done', { method: 'POST', body: 'a.b.c' })).status);
  expect(status).toBe(403);
  await page.goto(host.origin);
  await expect(page.getByText('Welcome')).toHaveCount(0);
};

/** What every example of a host must do, whatever it is written in. */
export const hostSuite = (name: string, command: string, file: string): void => {
  let host: Running;

  const test = base.extend({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    server: async ({}, use) => use(() => sightsIn(host.folder)),
  });

  test.beforeAll(async () => {
    host = await start(command, file);
    await expect.poll(() => isUp(host.origin)).toBe(true);
  });

  test.afterAll(() => host.stop());

  test(`${name}: signs in with its own password, and then with a code`, ({ page }) => signIn(page, host));

  test(`${name}: a wrong password sends no message`, ({ page }) => refusePassword(page, host));

  test(`${name}: a proof that nobody gave signs nobody in`, ({ page }) => refuseProof(page, host));
};
