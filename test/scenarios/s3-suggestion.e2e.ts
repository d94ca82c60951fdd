import { expect, type Page } from '@playwright/test';
import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import {
  appKey,
  acknowledge,
  axe,
  codeField,
  newcomer,
  passwordField,
  phoneField,
  sentTo,
  signedInAs,
  signOutButton,
  step,
  violationsIn,
  signUpByPhone,
} from '../support/harbor.ts';
import { type Harbor, test } from '../support/harbor-server.ts';

test.describe.configure({ timeout: 60_000 });

/** Signs up by phone, up to the step that suggests another way. */
const upToSuggestion = async (page: Page, harbor: Harbor): Promise<{ phone: string; password: string }> => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  await harbor.configure({ factors: ['sms', 'totp', 'backup-codes'], policy: { mode: 'mandatory' } });
  const { phone, password } = newcomer();
  await signUpByPhone(page, { phone, password });
  await expect(step(page, 'Add another 2-step verification')).toBeVisible();
  await expect(page.getByText('2-step verification is on.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Text message' })).toBeHidden();
  return { phone, password };
};

const isHeld = (page: Page, phone: string) => page.getByText(`Text message to •••• ${phone.slice(-2)}`);

/** What the app shows that was given the key on the screen. */
const appCode = async (page: Page, { clock }: Harbor): Promise<string> => {
  const key = await appKey(page).textContent();
  return codeAt((key ?? '').replaceAll(' ', ''), stepAt(clock.now()));
};

test('S3: a phone proved to sign up is the second factor; another one may be declined', async ({ page, harbor }) => {
  const { phone } = await upToSuggestion(page, harbor);
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(signedInAs(page, phone)).toBeVisible();
  await expect(isHeld(page, phone)).toBeVisible();
  expect(await sentTo(page, phone)).toEqual(['Register']);
});

test('S3: an authenticator app is added beside the phone, and signs in from then on', async ({ page, harbor }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(harbor.url)) elsewhere.push(request.url());
  });
  const { phone, password } = await upToSuggestion(page, harbor);
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await expect(step(page, 'Set up your authenticator app')).toBeVisible();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  const key = appKey(page);
  const shown = await key.textContent();
  await page.reload();
  await expect(key).toHaveText(shown ?? '');
  expect(await violationsIn(page)).toEqual([]);
  const first = await appCode(page, harbor);
  await codeField(page).fill(first);
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(signedInAs(page, phone)).toBeVisible();
  await expect(isHeld(page, phone)).toBeVisible();
  await expect(page.getByText('Authenticator app, added')).toBeVisible();
  expect(await sentTo(page, phone), 'one message in all').toEqual(['Register']);
  expect(elsewhere, 'the picture is drawn here').toEqual([]);

  await signOutButton(page).click();
  await page.getByRole('button', { name: 'Use your phone number instead' }).click();
  await phoneField(page).fill(phone);
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await expect(step(page, 'Enter the code from your app')).toBeVisible();
  await codeField(page).fill(first);
  await expect(page.getByText('That code is not right. Enter the one that the app shows now.').first()).toBeVisible();
  harbor.clock.advance(30_000);
  const secret = (shown ?? '').replaceAll(' ', '');
  await codeField(page).fill(codeAt(secret, stepAt(harbor.clock.now())));
  await expect(signedInAs(page, phone)).toBeVisible();
});
