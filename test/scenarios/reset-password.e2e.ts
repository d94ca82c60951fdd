import { expect } from '@playwright/test';
import {
  axe,
  codeField,
  complaintsOf,
  emailField,
  newcomer,
  passwordField,
  readCode,
  signUp,
  signedInAs,
  signOutButton,
  step,
  typePassword,
  violationsIn,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test('A8, K1, M1: a forgotten password is reset behind the second factor, the new one serves, and no secret is left behind', async ({
  page,
  harbor,
}) => {
  const complaints = complaintsOf(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const me = newcomer();
  const fresh = { ...me, password: 'another horse 9 battery' };
  await signUp(page, me);
  await signOutButton(page).click();
  harbor.clock.advance(61_000);

  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(step(page, 'Reset your password')).toBeVisible();
  await emailField(page).fill(me.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(`If there is an account for ${me.email}, we have sent it a code.`)).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await codeField(page).fill(await readCode(page, me.email, 2));
  await expect(page.getByText(`Sent to •••• ${me.phone.slice(-2)}`)).toBeVisible();
  await codeField(page).fill(await readCode(page, me.phone, 2));
  await expect(step(page, 'Choose a new password')).toBeVisible();
  await passwordField(page).fill(fresh.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(step(page, 'Your password is changed')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in' }).click();

  await typePassword(page, me);
  await expect(page.getByText('No account matches what you typed.')).toBeVisible();
  harbor.clock.advance(61_000);
  await typePassword(page, fresh);
  await page.getByRole('checkbox', { name: 'Trust this browser for 30 days' }).check();
  await codeField(page).fill(await readCode(page, me.phone, 3));
  await expect(signedInAs(page, me.email)).toBeVisible();
  await signOutButton(page).click();
  await typePassword(page, fresh);
  await expect(signedInAs(page, me.email)).toBeVisible();
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
});

test('a password manager that looks for the place to change a password is led there', async ({ page }) => {
  await page.goto('/.well-known/change-password');
  await expect(page).toHaveURL('/reset-password');
  await expect(page.locator('countersign-reset-password')).toBeVisible();
});
