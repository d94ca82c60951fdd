import { expect } from '@playwright/test';
import {
  axe,
  codeField,
  complaintsOf,
  emailField,
  newcomer,
  passwordField,
  phoneField,
  readCode,
  sentTo,
  signedInAs,
  signOutButton,
  signUp,
  step,
  typePassword,
  violationsIn,
  signUpByPhone,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test.describe.configure({ timeout: 60_000 });

const masked = (address: string): string => `${address.charAt(0)}•••${address.slice(address.indexOf('@'))}`;

test('K1: who signs up by phone adds an e-mail address, and signs in with a mailed code', async ({ page, harbor }) => {
  await harbor.configure({ factors: ['email'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const complaints = complaintsOf(page);
  const { email, phone, password } = newcomer();
  await signUpByPhone(page, { phone, password });

  await expect(step(page, 'Add your e-mail address')).toBeVisible();
  await expect(emailField(page)).toBeFocused();
  expect(await violationsIn(page)).toEqual([]);
  await emailField(page).fill('robin@localhost');
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByText('Mail cannot reach this address. Check it.').first()).toBeVisible();
  await emailField(page).fill(email);
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByText(`Sent to ${email} at`)).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await codeField(page).fill(await readCode(page, email, 1));
  await expect(signedInAs(page, phone)).toBeVisible();
  await expect(page.getByText(`E-mail to ${masked(email)}`)).toBeVisible();

  await signOutButton(page).click();
  await page.getByRole('button', { name: 'Use your phone number instead' }).click();
  await phoneField(page).fill(phone);
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(`Sent to ${masked(email)} at`)).toBeVisible();
  await codeField(page).fill(await readCode(page, email, 2));
  await expect(signedInAs(page, phone)).toBeVisible();
  expect(await sentTo(page, phone)).toEqual(['Register']);
  expect(await sentTo(page, email)).toEqual(['BindMfa', 'MfaVerification']);
  // The browser itself notes the refused request; nothing else may be there.
  expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});

test('who signs up by mail has the factor already, with one message in all', async ({ page, harbor }) => {
  await harbor.configure({ factors: ['email'] });
  const person = newcomer();
  const { email, password } = person;
  await signUp(page, person, 'set-password');
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(signedInAs(page, email)).toBeVisible();
  await expect(page.getByText(`E-mail to ${masked(email)}`)).toBeVisible();
  expect(await sentTo(page, email)).toEqual(['Register']);

  await signOutButton(page).click();
  await typePassword(page, person);
  await expect(page.getByText(`Sent to ${masked(email)} at`)).toBeVisible();
  await codeField(page).fill(await readCode(page, email, 2));
  await expect(signedInAs(page, email)).toBeVisible();
  expect(await sentTo(page, email)).toEqual(['Register', 'MfaVerification']);
});
