import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

/** Axe as a script for the page. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let newcomers = 0;

/** Somebody whom no limit of an earlier test concerns; the last two digits, which masks show, tell two of them apart. */
export const newcomer = () => {
  const ending = String((newcomers += 1) % 100).padStart(2, '0');
  return {
    name: `Robin ${randomInt(1_000_000)}`,
    phone: `+3161${String(randomInt(100_000)).padStart(5, '0')}${ending}`,
  };
};

export const signOutButton = (page: Page) => page.getByRole('button', { name: 'Sign out' });
export const phoneField = (page: Page) => page.getByRole('textbox', { name: 'Phone number' });
export const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code' });
export const balance = (page: Page) => page.getByText('€50.00', { exact: true });
export const messagesTo = (page: Page, phone: string) =>
  page.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: phone });

/** How many messages the host's feed has for the number. */
export async function sentTo(page: Page, phone: string) {
  const messages = (await (await page.request.get('/demo/messages')).json()) as { to: string }[];
  return messages.filter(({ to }) => to === phone).length;
}

/** The code of the newest message, read from the phone on the page once that many have arrived. */
export async function readCode(page: Page, phone: string, arrived: number) {
  await expect(messagesTo(page, phone)).toHaveCount(arrived);
  return (await messagesTo(page, phone).first().textContent())?.match(/(?<!\d)\d{6}(?!\d)/u)?.[0] ?? '';
}

/** Presses the key until the focus is there. */
export async function moveTo(target: Locator, key: 'Tab' | 'Shift+Tab') {
  const page = target.page();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reaches ${String(target)}`);
}

export async function signIn(page: Page, name: string) {
  await page.getByLabel('Or be somebody new').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function enterPhone(page: Page, phone: string) {
  await phoneField(page).fill(phone);
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(codeField(page)).toBeVisible();
}

export async function bind(page: Page, { name, phone }: { name: string; phone: string }) {
  await signIn(page, name);
  await enterPhone(page, phone);
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(balance(page)).toBeVisible();
}

/** Opens another tab, and waits until it shows the text. */
export async function openTab(context: BrowserContext, text: string) {
  const tab = await context.newPage();
  await tab.goto('/');
  await expect(tab.getByText(text)).toBeVisible();
  return tab;
}

/** The status that the host answers to a page that asks for the account. */
export const askForAccount = (page: Page) => page.evaluate(async () => (await fetch('/demo/account')).status);

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
