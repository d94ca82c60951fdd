import { expect } from '@playwright/test';
import { becomeMember } from '../support/become-member.ts';
import { codeField, newcomer, readCode, signedInAs, signOutButton, step, typePassword } from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test.describe.configure({ timeout: 60_000 });

test('that an address has an account is told to who reads its mail, with the way to sign in', async ({
  page,
  harbor,
}) => {
  const person = newcomer();
  await becomeMember(page, person);
  await signOutButton(page).click();
  harbor.clock.advance(60_000);
  await page.goto('/sign-up');
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(step(page, 'Enter the code')).toBeVisible();
  await codeField(page).fill(await readCode(page, person.email, 2));
  await expect(step(page, 'You have an account already')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in instead' }).click();
  await typePassword(page, { ...person, password: 'another password' });
  await expect(page.getByText('No account matches what you typed.').first()).toBeVisible();
  await typePassword(page, person);
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(signedInAs(page, person.email)).toBeVisible();
});
