import { expect } from '@playwright/test';
import {
  acknowledge,
  codeField,
  newcomer,
  passwordField,
  phoneField,
  readCode,
  sentTo,
  signedInAs,
  step,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test('S2: a phone that was proved to sign up is a factor, with one message in all', async ({ page, harbor }) => {
  await harbor.configure({ factors: ['sms', 'backup-codes'] });
  const { phone, password } = newcomer();
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'Use your phone number instead' }).click();
  await phoneField(page).fill(phone);
  await page.getByRole('button', { name: 'Continue' }).click();
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(step(page, 'Choose a password')).toBeVisible();
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(signedInAs(page, phone)).toBeVisible();
  await expect(page.getByText(`Text message to •••• ${phone.slice(-2)}`)).toBeVisible();
  expect(await sentTo(page, phone)).toEqual(['Register']);
});
