import { expect, type Page } from '@playwright/test';
import {
  codeField,
  newcomer,
  openTab,
  readCode,
  sentTo,
  signedInAs,
  signOutButton,
  signUp,
  step,
  typePassword,
} from './support/harbor.ts';
import { type Harbor, test } from './support/harbor-server.ts';

// Each of these is several visits; a busy machine needs its time.
test.describe.configure({ timeout: 60_000 });

/** Somebody at the code of their second step, whom the first code has reached. */
const askedForCode = async (page: Page, harbor: Harbor) => {
  const person = newcomer();
  await signUp(page, person);
  await signOutButton(page).click();
  harbor.clock.advance(61_000);
  await typePassword(page, person);
  await expect(step(page, 'Enter the code')).toBeVisible();
  return { ...person, code: await readCode(page, person.phone, 2) };
};

/** Another code of the same length. */
const wrong = (code: string, turn: number) => code.replace(/./u, (digit) => String((Number(digit) + turn) % 10));

test('L5: tries are shared by two tabs, and when there are none left both say so', async ({
  page,
  context,
  harbor,
}) => {
  const { code, phone } = await askedForCode(page, harbor);
  const second = await openTab(context, '/', `Sent to •••• ${phone.slice(-2)}`);
  await codeField(page).fill(wrong(code, 1));
  await expect(page.getByText('4 tries left.')).toBeVisible();
  await codeField(second).fill(wrong(code, 2));
  await expect(second.getByText('3 tries left.')).toBeVisible();
  for (const [turn, left] of [
    [3, '2 tries left.'],
    [4, '1 try left.'],
  ] as const) {
    await codeField(page).fill(wrong(code, turn));
    await expect(page.getByText(left)).toBeVisible();
  }
  await codeField(page).fill(wrong(code, 5));
  for (const tab of [page, second]) {
    await expect(tab.getByText('There are no tries left for this code. Send a new one.')).toBeVisible();
  }
});

test('L5: a code that is sent again in one tab is what the other one asks for', async ({ page, context, harbor }) => {
  await page.clock.install();
  const { code, phone, email } = await askedForCode(page, harbor);
  const second = await openTab(context, '/', `Sent to •••• ${phone.slice(-2)}`);
  harbor.clock.advance(61_000);
  await page.clock.fastForward(61_000);
  await page.getByRole('button', { name: 'Send again' }).click();
  const newer = await readCode(page, phone, 3);
  await codeField(second).fill(code);
  await expect(second.getByText('That code is from an earlier message. Use the newest one.')).toBeVisible();
  await codeField(second).fill(newer);
  for (const tab of [page, second]) await expect(signedInAs(tab, email)).toBeVisible();
});

test('L7: without a connection nothing is sent and no try spent, and with it what was typed goes once', async ({
  page,
  context,
  harbor,
}) => {
  const { code, phone, email } = await askedForCode(page, harbor);
  await context.setOffline(true);
  await codeField(page).fill(code);
  await expect(step(page, 'No connection')).toBeVisible();
  await expect(page.getByText('Nothing is lost. Check your connection and try again.')).toBeVisible();
  await context.setOffline(false);
  await expect(signedInAs(page, email)).toBeVisible();
  expect(await sentTo(page, phone)).toHaveLength(2);
});

test('L7: a code that has expired meanwhile is said to have, once the connection is back', async ({
  page,
  context,
  harbor,
}) => {
  const { code } = await askedForCode(page, harbor);
  await context.setOffline(true);
  await codeField(page).fill(code);
  await expect(step(page, 'No connection')).toBeVisible();
  harbor.clock.advance(301_000);
  await context.setOffline(false);
  await expect(page.getByText('The code has expired. Send a new one.')).toBeVisible();
});

test('K6: a page of another origin cannot show the demo in a frame of its own', async ({ page, harbor }) => {
  await page.setContent(`<iframe src="${harbor.url}"></iframe>`);
  await expect.poll(() => page.frames().at(1)?.url()).toBe('chrome-error://chromewebdata/');
});
