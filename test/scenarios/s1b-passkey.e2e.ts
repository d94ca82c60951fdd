import { expect, type Page } from '@playwright/test';
import {
  acknowledge,
  backupField,
  codeField,
  emailField,
  newcomer,
  type Newcomer,
  passwordField,
  readBackupCodes,
  readCode,
  sentTo,
  signedInAs,
  signOutButton,
  step,
  typePassword,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';
import { addAuthenticator } from '../support/virtual-authenticator.ts';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Signs up by mail, and stands at the list of second steps. */
const upToList = async (page: Page, { email, password }: Newcomer): Promise<void> => {
  await page.goto('/sign-up');
  await emailField(page).fill(email);
  await press(page, 'Continue');
  await codeField(page).fill(await readCode(page, email, 1));
  await expect(step(page, 'Choose a password')).toBeVisible();
  await passwordField(page).fill(password);
  await press(page, 'Continue');
  await expect(step(page, 'Choose a second step')).toBeVisible();
  const ways = page.getByRole('list').getByRole('button');
  await expect(ways).toHaveText([/Text message/u, /Passkey/u, /Authenticator app/u]);
};

/** Signs up with a passkey as the second step. */
const signUp = async (page: Page, person: Newcomer): Promise<string[]> => {
  await upToList(page, person);
  await page.getByRole('button', { name: 'Passkey' }).click();
  await expect(step(page, 'Create a passkey')).toBeVisible();
  await press(page, 'Create a passkey');
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  const codes = await readBackupCodes(page);
  await acknowledge(page);
  await expect(signedInAs(page, person.email)).toBeVisible();
  return codes;
};

test.beforeEach(({ harbor }) => harbor.configure({ factors: ['sms', 'passkey', 'totp', 'backup-codes'] }));

test('S1b: e-mail, code, password, and of the second steps a passkey, which signs in', async ({ page }) => {
  const device = await addAuthenticator(page);
  const person = newcomer();
  await signUp(page, person);
  expect(await device.count()).toBe(1);
  await signOutButton(page).click();
  await typePassword(page, person);
  await expect(step(page, 'Use your passkey')).toBeVisible();
  await press(page, 'Use passkey');
  await expect(signedInAs(page, person.email)).toBeVisible();
  expect(await sentTo(page, person.phone)).toEqual([]);
});

test('G8: a passkey that fails on this device opens the list, now and the next time in this browser', async ({
  page,
}) => {
  const device = await addAuthenticator(page);
  const person = newcomer();
  const [code = ''] = await signUp(page, person);
  await signOutButton(page).click();
  await device.confirms(false);
  await typePassword(page, person);
  await press(page, 'Use passkey');
  const list = step(page, 'Choose how to confirm that it is you');
  await expect(list).toBeVisible();

  await page.getByRole('button', { name: 'Backup codes' }).click();
  await backupField(page).fill(code);
  await press(page, 'Confirm');
  await expect(signedInAs(page, person.email)).toBeVisible();

  await device.confirms(true);
  await signOutButton(page).click();
  await typePassword(page, person);
  await expect(list).toBeVisible();
  await page.getByRole('button', { name: 'Passkey' }).click();
  await press(page, 'Use passkey');
  await expect(signedInAs(page, person.email)).toBeVisible();

  await signOutButton(page).click();
  await typePassword(page, person);
  await expect(step(page, 'Use your passkey')).toBeVisible();
});

test('G8: a passkey that is not created says so calmly, and leads back to the list', async ({ page }) => {
  const device = await addAuthenticator(page);
  await device.confirms(false);
  await upToList(page, newcomer());
  await page.getByRole('button', { name: 'Passkey' }).click();
  await press(page, 'Create a passkey');
  await expect(page.getByText('No passkey was created.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await press(page, 'Try another way');
  await expect(step(page, 'Choose a second step')).toBeVisible();
});

test('G8: a device that has a passkey for the account is not given another one', async ({ page }) => {
  const device = await addAuthenticator(page);
  const person = newcomer();
  await signUp(page, person);
  await page.getByRole('link', { name: 'Security settings' }).click();
  await press(page, 'Passkey');
  await press(page, 'Use passkey');
  await expect(step(page, 'Create a passkey')).toBeVisible();
  await press(page, 'Create a passkey');
  await expect(page.getByText('This device already has a passkey for this account.')).toBeVisible();
  expect(await device.count()).toBe(1);
});

test('G8: who leaves while the device asks, and comes back, is signed in by the second answer', async ({ page }) => {
  const device = await addAuthenticator(page);
  const person = newcomer();
  await signUp(page, person);
  await signOutButton(page).click();
  await device.isTouched(false);
  await typePassword(page, person);
  await press(page, 'Use passkey');
  await press(page, 'Try another way');
  await expect(step(page, 'Choose how to confirm that it is you')).toBeVisible();
  await page.getByRole('button', { name: 'Passkey' }).click();
  await expect(step(page, 'Use your passkey')).toBeVisible();
  await device.isTouched(true);
  await press(page, 'Use passkey');
  await expect(signedInAs(page, person.email)).toBeVisible();
});
