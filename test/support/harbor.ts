import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

/** Axe as a script for the page. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Somebody to sign up. */
export interface Newcomer {
  email: string;
  phone: string;
  password: string;
}

let newcomers = 0;

/** Somebody whom no limit of an earlier test concerns; the last two digits, which masks show, tell two of them apart. */
export const newcomer = (): Newcomer => {
  const ending = String((newcomers += 1) % 100).padStart(2, '0');
  return {
    // Without digits, which could be taken for the code in a message.
    email: `robin-${String(randomInt(1_000_000)).replace(/\d/gu, (digit) => 'abcdefghij'[Number(digit)] ?? '')}@example.com`,
    phone: `+3161${String(randomInt(100_000)).padStart(5, '0')}${ending}`,
    password: 'correct horse 9 battery',
  };
};

export const emailField = (page: Page) => page.getByRole('textbox', { name: 'E-mail address' });
export const passwordField = (page: Page) => page.getByLabel('Password', { exact: true });
export const phoneField = (page: Page) => page.getByRole('textbox', { name: 'Phone number' });
export const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code', exact: true });
export const backupField = (page: Page) => page.getByRole('textbox', { name: 'Backup code' });
/** The key of an authenticator app, as text. */
export const appKey = (page: Page) => page.getByText('Key to type or paste').locator('+ code');
export const signOutButton = (page: Page) => page.getByRole('button', { name: 'Sign out' });
export const step = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 });
export const signedInAs = (page: Page, name: string) => page.getByText(`You are signed in as ${name}.`);

/** Messages on the drawn phone, newest first. */
export const messagesTo = (page: Page, address: string) =>
  page.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: address });

/** What the host's feed has for the address, oldest first. */
export async function sentTo(page: Page, address: string) {
  const messages = (await (await page.request.get('/demo/messages')).json()) as { to: string; usage: string }[];
  return messages.filter(({ to }) => to === address).map(({ usage }) => usage);
}

/** The code of the newest message, read from the phone on the page once that many have arrived. */
export async function readCode(page: Page, address: string, arrived: number) {
  await expect(messagesTo(page, address)).toHaveCount(arrived);
  return (await messagesTo(page, address).first().textContent())?.match(/(?<!\d)\d{6,10}(?!\d)/u)?.[0] ?? '';
}

/** The codes that the page shows to be saved. */
export async function readBackupCodes(page: Page) {
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return codes.allTextContents();
}

/** Presses the key until the focus is there. */
export async function moveTo(target: Locator, key: 'Tab' | 'Shift+Tab') {
  const page = target.page();
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reaches ${String(target)}`);
}

const steps = ['enter-code', 'set-password', 'setup-factor', 'save-backup-codes'] as const;
type Stop = (typeof steps)[number];

/** Signs up by mail, and by phone as the second step; stops where the step is shown. */
export async function signUp(page: Page, { email, phone, password }: Newcomer, until?: Stop) {
  await page.goto('/sign-up');
  await emailField(page).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(step(page, 'Enter the code')).toBeVisible();
  if (until === 'enter-code') return;
  await codeField(page).fill(await readCode(page, email, 1));
  await expect(step(page, 'Choose a password')).toBeVisible();
  if (until === 'set-password') return;
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await chooseText(page);
  if (until === 'setup-factor') return;
  await enterPhone(page, phone);
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  if (until === 'save-backup-codes') return;
  await acknowledge(page);
  await expect(signedInAs(page, email)).toBeVisible();
}

/** Signs up by phone, up to what comes after the password. */
export async function signUpByPhone(page: Page, { phone, password }: Pick<Newcomer, 'phone' | 'password'>) {
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'Use your phone number instead' }).click();
  await phoneField(page).fill(phone);
  await page.getByRole('button', { name: 'Continue' }).click();
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(step(page, 'Choose a password')).toBeVisible();
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** From the list of second steps to the field for a phone number. */
export async function chooseText(page: Page) {
  await page.getByRole('button', { name: 'Text message' }).click();
  await expect(phoneField(page)).toBeVisible();
}

/** Says that the codes are saved. */
export async function acknowledge(page: Page) {
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Names the person and types the password, from the page that is signed out. */
export async function typePassword(page: Page, { email, password }: Pick<Newcomer, 'email' | 'password'>) {
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function enterPhone(page: Page, phone: string) {
  await phoneField(page).fill(phone);
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(codeField(page)).toBeVisible();
}

/** From the list of ways to the field for a backup code. */
export async function chooseBackupCodes(page: Page) {
  await page.getByRole('button', { name: 'Try another way' }).click();
  await page.getByRole('button', { name: 'Backup codes' }).click();
  await expect(backupField(page)).toBeVisible();
}

/** Prepares a transfer, up to the step that asks for the second factor. */
export async function sendMoney(page: Page) {
  await page.getByRole('link', { name: 'Send money' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm the transfer' })).toBeVisible();
}

export const isSent = (page: Page) => page.getByText('€120.00 is on its way to Sami Haddad.');

/** Opens another tab, and waits until it shows the text. */
export async function openTab(context: BrowserContext, path: string, text: string) {
  const tab = await context.newPage();
  await tab.goto(path);
  await expect(tab.getByText(text)).toBeVisible();
  return tab;
}

/** What the host gives to this page's session; null for nobody's. */
export const askForAccount = (page: Page) =>
  page.evaluate(async () => (await (await fetch('/demo/account')).json()) as { balance: number } | null);

/** Gathers what the page complains about, violations of its content security policy among them. */
export function complaintsOf(page: Page) {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

/** What axe finds, by every rule. */
export const violationsIn = (page: Page) =>
  page.evaluate(async () => {
    type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
  });
