import { expect } from '@playwright/test';
import { becomeMember } from '../support/become-member.ts';
import {
  acknowledge,
  backupField,
  chooseBackupCodes,
  newcomer,
  readBackupCodes,
  signedInAs,
  signOutButton,
  signUp,
  step,
  typePassword,
} from '../support/harbor.ts';
import { test } from '../support/canary/test.ts';

test.describe.configure({ timeout: 60_000 });

test('backup codes are the same ten after a reload, and are shown no more once they are saved', async ({ page }) => {
  const person = newcomer();
  await signUp(page, person, 'save-backup-codes');
  const codes = await readBackupCodes(page);
  expect(new Set(codes).size).toBe(10);
  await page.reload();
  expect(await readBackupCodes(page)).toEqual(codes);

  const answers: string[] = [];
  page.on('response', (response) => void response.text().then((text) => answers.push(text), String));
  await acknowledge(page);
  await expect(signedInAs(page, person.email)).toBeVisible();
  await page.goBack().catch(() => null);
  await page.goto('/sign-up');
  await expect(signedInAs(page, person.email)).toBeVisible();
  await expect(step(page, 'Save your backup codes')).toBeHidden();
  const shown = [...answers, await page.content()].join('\n');
  expect(codes.filter((code) => shown.includes(code))).toEqual([]);
});

test('codes that nobody saved open nothing, and others are made', async ({ page }) => {
  const person = newcomer();
  await signUp(page, person, 'save-backup-codes');
  const abandoned = await readBackupCodes(page);
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('/');
  await typePassword(page, person);
  await expect(step(page, 'Enter the code')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try another way' })).toBeHidden();
  expect(abandoned).toHaveLength(10);
});

test('a code serves however it is typed', async ({ page }) => {
  const person = newcomer();
  const [code = ''] = await becomeMember(page, person);
  await signOutButton(page).click();
  await typePassword(page, person);
  await chooseBackupCodes(page);
  await backupField(page).fill(` ${code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l')} `);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('9 backup codes left')).toBeVisible();
});
