import { expect } from '@playwright/test';
import { becomeMember } from './support/become-member.ts';
import {
  acknowledge,
  askForAccount,
  axe,
  chooseText,
  codeField,
  enterPhone,
  isSent,
  newcomer,
  openTab,
  passwordField,
  phoneField,
  readBackupCodes,
  readCode,
  sendMoney,
  sentTo,
  signedInAs,
  signOutButton,
  signUp,
  step,
  typePassword,
  violationsIn,
} from './support/harbor.ts';
import { test } from './support/canary/test.ts';

// Each of these is several visits; a busy machine needs its time.
test.describe.configure({ timeout: 60_000 });

test('L6: a reload goes on at each step and sends nothing', async ({ page }) => {
  const person = newcomer();
  const { email, phone, password } = person;
  await signUp(page, person, 'enter-code');
  await page.reload();
  await expect(page.getByText(`Sent to ${email}`)).toBeVisible();
  await codeField(page).fill(await readCode(page, email, 1));
  await expect(step(page, 'Choose a password')).toBeVisible();
  await page.reload();
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await chooseText(page);
  await page.reload();
  await enterPhone(page, phone);
  await page.reload();
  await codeField(page).fill(await readCode(page, phone, 1));
  const codes = await readBackupCodes(page);
  await page.reload();
  expect(await readBackupCodes(page)).toEqual(codes);
  await acknowledge(page);
  await expect(signedInAs(page, email)).toBeVisible();
  await page.reload();
  await expect(signedInAs(page, email)).toBeVisible();

  await signOutButton(page).click();
  await typePassword(page, person);
  await readCode(page, phone, 2);
  await page.reload();
  await codeField(page).fill(await readCode(page, phone, 2));
  await expect(signedInAs(page, email)).toBeVisible();
  await sendMoney(page);
  await readCode(page, phone, 3);
  await page.reload();
  await codeField(page).fill(await readCode(page, phone, 3));
  await expect(isSent(page)).toBeVisible();
  expect([(await sentTo(page, email)).length, (await sentTo(page, phone)).length]).toEqual([1, 3]);
});

test('L6: leaving the page and coming back goes on at the step and sends nothing', async ({ page }) => {
  const person = newcomer();
  await signUp(page, person, 'setup-factor');
  await enterPhone(page, person.phone);
  await page.goto('/favicon.svg');
  await page.goBack();
  await expect(page.getByText(`Sent to ${person.phone}`)).toBeVisible();
  await page.getByRole('button', { name: 'Change the number' }).click();
  await enterPhone(page, person.phone);
  await expect(page.getByText(`Sent to ${person.phone}`)).toBeVisible();
  expect(await sentTo(page, person.phone)).toEqual(['BindMfa']);
  await codeField(page).fill(await readCode(page, person.phone, 1));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
});

test('D2, L6: going back from the second step, and forward again, signs nobody in [defect 81]', async ({ page }) => {
  const person = newcomer();
  await becomeMember(page, person);
  await signOutButton(page).click();
  await typePassword(page, person);
  await readCode(page, person.phone, 2);
  await page.goto('/favicon.svg');
  await page.goBack();
  await expect(codeField(page)).toBeVisible();
  expect(await askForAccount(page)).toBeNull();
  await page.goto('/');
  await expect(codeField(page)).toBeVisible();
  await page.goBack();
  expect(await askForAccount(page)).toBeNull();
  await expect(signedInAs(page, person.email)).toBeHidden();
  await page.goForward();
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(signedInAs(page, person.email)).toBeVisible();
  expect(await askForAccount(page)).not.toBeNull();
});

test('another member in the same tab never goes on with the flow of the last one', async ({ page }) => {
  const [one, other] = [newcomer(), newcomer()];
  await becomeMember(page, one);
  await sendMoney(page);
  await readCode(page, one.phone, 2);
  await signOutButton(page).click();
  await becomeMember(page, other);
  await sendMoney(page);
  await expect(page.getByText(`Sent to •••• ${other.phone.slice(-2)}`)).toBeVisible();
  await codeField(page).fill(await readCode(page, other.phone, 2));
  await expect(isSent(page)).toBeVisible();
  expect(await sentTo(page, one.phone)).toHaveLength(2);
});

test('L5: a second tab takes over, sends nothing, and both are signed in', async ({ page, context }) => {
  const person = newcomer();
  await becomeMember(page, person);
  await signOutButton(page).click();
  await typePassword(page, person);
  await readCode(page, person.phone, 2);
  const second = await openTab(context, '/', `Sent to •••• ${person.phone.slice(-2)}`);
  await codeField(second).fill(await readCode(second, person.phone, 2));
  for (const tab of [page, second]) await expect(signedInAs(tab, person.email)).toBeVisible();
  expect(await sentTo(page, person.phone)).toHaveLength(2);
});

test('a second number is added after the first was proved, and the host hears of it', async ({ page }) => {
  const [person, { phone: added }] = [newcomer(), newcomer()];
  await becomeMember(page, person);
  await page.getByRole('link', { name: 'Add a phone' }).click();
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(phoneField(page)).toBeVisible();
  await page.reload();
  await enterPhone(page, added);
  await codeField(page).fill(await readCode(page, added, 1));
  await expect(page.getByText('Your new number is added')).toBeVisible();
  for (const { phone } of [person, { phone: added }]) {
    await expect(page.getByText(`Text message to •••• ${phone.slice(-2)}`)).toBeVisible();
  }
  await signOutButton(page).click();
  await typePassword(page, person);
  await page.getByRole('button', { name: 'Try another way' }).click();
  await expect(page.getByRole('button', { name: `•••• ${added.slice(-2)}` })).toBeVisible();
});

test('every view fits a narrow screen in the dark, in either direction of reading', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const fits = async (): Promise<void> => {
    for (const direction of ['ltr', 'rtl']) {
      const width = await page.evaluate((dir) => {
        document.documentElement.dir = dir;
        return document.documentElement.scrollWidth;
      }, direction);
      expect([page.url(), direction, width]).toEqual([page.url(), direction, 320]);
      expect(await violationsIn(page)).toEqual([]);
    }
  };
  await page.goto('/');
  await expect(step(page, 'Sign in')).toBeVisible();
  await fits();
  const person = newcomer();
  await signUp(page, person, 'save-backup-codes');
  await fits();
  await acknowledge(page);
  await expect(signedInAs(page, person.email)).toBeVisible();
  await fits();
  await page.getByRole('link', { name: 'Send money' }).click();
  await expect(page.getByRole('heading', { name: 'Send money' })).toBeVisible();
  await fits();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(codeField(page)).toBeVisible();
  await fits();
  await page.getByRole('link', { name: 'Back to your account' }).click();
  await page.getByRole('link', { name: 'Add a phone' }).click();
  await expect(codeField(page)).toBeVisible();
  await fits();
});
