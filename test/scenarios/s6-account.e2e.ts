import { expect, type Page } from '@playwright/test';
import {
  acknowledge,
  axe,
  codeField,
  complaintsOf,
  moveTo,
  newcomer,
  passwordField,
  phoneField,
  readCode,
  sentTo,
  signUp,
  signedInAs,
  step,
  violationsIn,
  emailField,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** By keyboard: whatever has this name is reached and pressed. */
const presses = async (page: Page, name: string | RegExp): Promise<void> => {
  await moveTo(button(page, name), 'Tab');
  await page.keyboard.press('Enter');
};

const outcome = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

test('K1, S6: who skipped 2-step verification turns SMS on from the account, by keyboard', async ({ page, harbor }) => {
  await harbor.configure({ policy: { mode: 'optional', prompt: 'never' }, factors: ['sms', 'backup-codes'] });
  const complaints = complaintsOf(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const { email, phone, password } = newcomer();
  await page.goto('/sign-up');
  await emailField(page).fill(email);
  await button(page, 'Continue').click();
  await codeField(page).fill(await readCode(page, email, 1));
  await passwordField(page).fill(password);
  await button(page, 'Continue').click();
  await expect(signedInAs(page, email)).toBeVisible();

  await page.getByRole('link', { name: 'Security settings' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('It is off: a password alone')).toBeVisible();
  await presses(page, 'Turn on 2-step verification');
  await expect(step(page, 'Enter your password')).toBeVisible();
  await expect(passwordField(page)).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(phoneField(page)).toBeFocused();
  await page.keyboard.type(phone);
  await page.keyboard.press('Enter');
  await expect(codeField(page)).toBeFocused();
  await page.keyboard.type(await readCode(page, phone, 1));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(outcome(page, '2-step verification is on.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ways to verify' })).toBeFocused();
  await expect(page.getByText(`•••• ${phone.slice(-2)}`).first()).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  expect(await sentTo(page, phone)).toEqual(['BindMfa']);
  expect(complaints).toEqual([]);
});

test('A8, M1: a phone is renamed, replaced and, beside another one, removed, and no secret is left behind', async ({
  page,
  harbor,
}) => {
  const me = newcomer();
  const next = newcomer();
  const ending = me.phone.slice(-2);
  await signUp(page, me);
  await page.getByRole('link', { name: 'Security settings' }).click();

  await button(page, `Rename Text message, •••• ${ending}`).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Work');
  harbor.clock.advance(61_000);
  await button(page, 'Save').click();
  await codeField(page).fill(await readCode(page, me.phone, 2));
  await expect(outcome(page, 'The name is changed.')).toBeVisible();

  harbor.clock.advance(61_000);
  await button(page, `Replace Work, •••• ${ending}`).click();
  await codeField(page).fill(await readCode(page, me.phone, 3));
  await phoneField(page).fill(next.phone);
  await button(page, 'Send code').click();
  await codeField(page).fill(await readCode(page, next.phone, 1));
  await expect(outcome(page, 'The new one has taken the place of the old one.')).toBeVisible();

  await button(page, new RegExp(`^Remove .*${next.phone.slice(-2)}$`, 'u')).click();
  await expect(page.getByText('This is your only way to verify, and one is required.')).toBeVisible();
  await button(page, 'Close').click();

  harbor.clock.advance(61_000);
  await button(page, 'Remove Backup codes, 10 left').click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await codeField(page).fill(await readCode(page, next.phone, 2));
  await expect(outcome(page, 'Removed: Backup codes')).toBeVisible();
  await page.getByRole('link', { name: 'Back to your account' }).click();
  await expect(page.getByText(`Text message to •••• ${next.phone.slice(-2)}`)).toBeVisible();
  await expect(page.getByText('backup codes left')).toBeHidden();
});
