import { expect } from '@playwright/test';
import { becomeMember } from '../support/become-member.ts';
import {
  codeField,
  enterPhone,
  isSent,
  newcomer,
  passwordField,
  phoneField,
  readCode,
  sendMoney,
  signedInAs,
  signUp,
  step,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test.describe.configure({ timeout: 60_000 });

const minute = 60_000;

/** Other codes of the same length, each of its own. */
const wrong = (code: string, number: number): string =>
  code.replace(/\d$/u, (digit) => String((Number(digit) + number) % 10));

test('session.mfa.mfa_factor_not_enabled: who has bound no phone is guided to bind one', async ({ page, harbor }) => {
  await harbor.configure({ factors: ['sms', 'backup-codes'], policy: { mode: 'optional', prompt: 'never' } });
  const person = newcomer();
  await signUp(page, person, 'set-password');
  await passwordField(page).fill(person.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(signedInAs(page, person.email)).toBeVisible();

  await sendMoney(page);
  await expect(step(page, 'Add your phone number')).toBeVisible();
  await expect(page.getByText('To go on, set up 2-step verification first')).toBeVisible();
  await expect(phoneField(page)).toBeVisible();
  await enterPhone(page, person.phone);
  await codeField(page).fill(await readCode(page, person.phone, 1));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
});

test('verification_code.code_mismatch: the code is asked for again, with the tries that are left', async ({
  page,
  harbor,
}) => {
  const person = newcomer();
  await becomeMember(page, person);
  await sendMoney(page);
  const code = await readCode(page, person.phone, 2);
  for (const [index, left] of ['4 tries left', '3 tries left', '2 tries left', '1 try left'].entries()) {
    await codeField(page).fill(wrong(code, index + 1));
    await expect(page.getByText(`That code is not right. ${left}.`).first()).toBeVisible();
    await expect(codeField(page)).toBeFocused();
  }
  await codeField(page).fill(wrong(code, 5));
  await expect(page.getByText('There are no tries left for this code. Send a new one.').first()).toBeVisible();
  harbor.clock.advance(minute);
  await page.reload();
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await expect(page.getByRole('button', { name: 'Confirm' })).toBeVisible();
  await codeField(page).fill(await readCode(page, person.phone, 3));
  await expect(isSent(page)).toBeVisible();
});

test('verification_code.expired: a new code is offered, and serves', async ({ page, harbor }) => {
  const person = newcomer();
  await becomeMember(page, person);
  await sendMoney(page);
  const code = await readCode(page, person.phone, 2);
  harbor.clock.advance(5 * minute);
  await codeField(page).fill(code);
  await expect(page.getByText('The code has expired. Send a new one.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await expect(page.getByRole('button', { name: 'Confirm' })).toBeVisible();
  await codeField(page).fill(await readCode(page, person.phone, 3));
  await expect(isSent(page)).toBeVisible();
});

test('connector.rate_limit_exceeded: how long to wait is shown, and nothing more is sent', async ({ page, harbor }) => {
  await harbor.configure({ sends: { perNumberTenMinutes: 2 } });
  const person = newcomer();
  await becomeMember(page, person);
  await sendMoney(page);
  await expect(page.getByText(/Send again in \d:\d\d/u)).toBeVisible();
  harbor.clock.advance(minute);
  await page.reload();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('Too many codes were sent. Try again in 9 minutes.').first()).toBeVisible();
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(isSent(page)).toBeVisible();

  await sendMoney(page);
  await expect(step(page, 'Too many codes')).toBeVisible();
  await expect(page.getByText(/Try again in [89]:\d\d/u)).toBeVisible();
  harbor.clock.advance(9 * minute);
  await page.reload();
  await page.getByRole('button', { name: 'Try again' }).click();
  await codeField(page).fill(await readCode(page, person.phone, 3));
  await expect(isSent(page)).toBeVisible();
});
