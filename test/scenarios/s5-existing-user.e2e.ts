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
  signOutButton,
  step,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

const factors = ['sms', 'backup-codes'];

test('S5: once a second factor is required, a user whose phone is known gets one message, to verify it', async ({
  page,
  harbor,
}) => {
  await harbor.configure({ factors, policy: { mode: 'optional', prompt: 'never' } });
  const { phone, password } = newcomer();
  const typePhone = async (button: string): Promise<void> => {
    await page.getByRole('button', { name: 'Use your phone number instead' }).click();
    await phoneField(page).fill(phone);
    if (button === 'Sign in') await passwordField(page).fill(password);
    await page.getByRole('button', { name: button, exact: true }).click();
  };
  await page.goto('/sign-up');
  await typePhone('Continue');
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(step(page, 'Choose a password')).toBeVisible();
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(signedInAs(page, phone)).toBeVisible();
  await signOutButton(page).click();

  await harbor.configure({ factors, policy: { mode: 'mandatory' } });
  await typePhone('Sign in');
  await expect(page.getByText(`Sent to •••• ${phone.slice(-2)}`)).toBeVisible();
  await codeField(page).fill(await readCode(page, phone, 2));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(signedInAs(page, phone)).toBeVisible();
  expect(await sentTo(page, phone)).toEqual(['Register', 'MfaVerification']);
});
