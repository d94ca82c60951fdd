import { expect, type Page } from '@playwright/test';
import {
  axe,
  codeField,
  complaintsOf,
  emailField,
  enterPhone,
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

const userIdOf = (page: Page) =>
  page.evaluate(async () => {
    const { account } = (await (await fetch('/api/v1/account')).json()) as { account: { userId: string } };
    return account.userId;
  });

test('A8, K1, M1: who lost every way to verify recovers by a pass, signs in with the new phone, and leaves no secret behind', async ({
  page,
  harbor,
}) => {
  const complaints = complaintsOf(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const me = newcomer();
  const fresh = newcomer();
  await signUp(page, me);
  const userId = await userIdOf(page);
  await signOutButton(page).click();
  harbor.clock.advance(61_000);

  await typePassword(page, me);
  await expect(step(page, 'Enter the code')).toBeVisible();
  await page.getByRole('link', { name: 'Recover your account' }).click();
  await expect(step(page, 'Recover your account')).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await emailField(page).fill(me.email);
  await passwordField(page).fill(me.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(step(page, 'Enter your recovery pass')).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);

  const why = { actor: 'Grace, help desk', reason: 'phone in the canal, seen with passport' };
  const { pass } = await harbor.administer(`/users/${userId}/recovery-passes`, why);
  await page.getByRole('textbox', { name: 'Recovery pass' }).fill(String(pass));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(step(page, 'Choose a second step')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Not now' })).toBeHidden();
  await page.getByRole('button', { name: 'Text message' }).click();
  await enterPhone(page, fresh.phone);
  await codeField(page).fill(await readCode(page, fresh.phone, 1));
  await expect(signedInAs(page, me.email)).toBeVisible();
  await signOutButton(page).click();

  harbor.clock.advance(61_000);
  await typePassword(page, me);
  await expect(step(page, 'Choose how to confirm that it is you')).toBeVisible();
  await page.getByRole('button', { name: `Text message •••• ${fresh.phone.slice(-2)}`, exact: true }).click();
  await expect(page.getByText(`Sent to •••• ${fresh.phone.slice(-2)}`)).toBeVisible();
  await codeField(page).fill(await readCode(page, fresh.phone, 2));
  await expect(signedInAs(page, me.email)).toBeVisible();
  // The sign-in that was given up had ended with the recovery, and the page asked for it once more.
  expect(complaints.filter((complaint) => !complaint.includes('410 (Gone)'))).toEqual([]);
});
