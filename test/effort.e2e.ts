import { expect } from '@playwright/test';
import { becomeMember } from './support/become-member.ts';
import {
  acknowledge,
  codeField,
  newcomer,
  passwordField,
  phoneField,
  readCode,
  signedInAs,
  signOutButton,
  signUp,
  step,
  typePassword,
} from './support/harbor.ts';
import { test } from './support/harbor-server.ts';
import { countToil, toilOf } from './support/toil.ts';

/*
 * What it costs people: keys and taps are counted from the events that the browser itself makes of them. A code is filled
 * in by the browser, which is no key.
 */

test.describe.configure({ timeout: 60_000 });

test.beforeEach(async ({ page, harbor }) => {
  await harbor.configure({ factors: ['sms', 'backup-codes'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await countToil(page);
});

test('from the password to being signed in nothing is typed or tapped where the code is filled in', async ({
  page,
}) => {
  const person = newcomer();
  await becomeMember(page, person);
  await signOutButton(page).click();
  await typePassword(page, person);
  await expect(codeField(page)).toBeFocused();
  await toilOf(page);
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(signedInAs(page, person.email)).toBeVisible();
  const { keys, taps } = await toilOf(page);
  expect({ keys, taps }).toEqual({ keys: 0, taps: 0 });
});

test('a phone and backup codes are set up with fourteen keys and three taps at most', async ({ page }) => {
  const person = newcomer();
  await signUp(page, person, 'set-password');
  await passwordField(page).fill(person.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(phoneField(page)).toBeFocused();
  await toilOf(page);
  await page.keyboard.type(person.phone);
  await page.getByRole('button', { name: 'Send code' }).click();
  await codeField(page).fill(await readCode(page, person.phone, 1));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(signedInAs(page, person.email)).toBeVisible();
  const { keys, taps } = await toilOf(page);
  expect(keys).toBeLessThanOrEqual(14);
  expect(taps).toBeLessThanOrEqual(3);
});
