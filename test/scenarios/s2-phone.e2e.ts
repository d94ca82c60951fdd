import { expect } from '@playwright/test';
import { acknowledge, newcomer, sentTo, signedInAs, step, signUpByPhone } from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test('S2: a phone that was proved to sign up is a factor, with one message in all', async ({ page, harbor }) => {
  await harbor.configure({ factors: ['sms', 'backup-codes'] });
  const { phone, password } = newcomer();
  await signUpByPhone(page, { phone, password });
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await acknowledge(page);
  await expect(signedInAs(page, phone)).toBeVisible();
  await expect(page.getByText(`Text message to •••• ${phone.slice(-2)}`)).toBeVisible();
  expect(await sentTo(page, phone)).toEqual(['Register']);
});
