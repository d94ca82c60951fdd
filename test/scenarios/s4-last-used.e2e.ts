import { expect } from '@playwright/test';
import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import {
  appKey,
  chooseBackupCodes,
  codeField,
  newcomer,
  readCode,
  sentTo,
  signedInAs,
  signOutButton,
  signUp,
  step,
  typePassword,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test.describe.configure({ timeout: 60_000 });

test('S4: sign-in asks for the factor last used, and offers the others, backup codes last', async ({
  page,
  harbor,
}) => {
  await harbor.configure({ factors: ['sms', 'totp', 'backup-codes'], policy: { mode: 'mandatory' } });
  const me = newcomer();
  await signUp(page, me);
  await page.getByRole('link', { name: 'Security settings' }).click();
  harbor.clock.advance(61_000);
  await page
    .getByRole('region', { name: 'Add a way to verify' })
    .getByRole('button', { name: 'Authenticator app' })
    .click();
  await codeField(page).fill(await readCode(page, me.phone, 2));
  const key = (await appKey(page).textContent()) ?? '';
  const appCode = () => codeAt(key.replaceAll(' ', ''), stepAt(harbor.clock.now()));
  await codeField(page).fill(appCode());
  await expect(page.getByRole('status').filter({ hasText: 'The new way to verify is added.' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to your account' }).click();
  await signOutButton(page).click();
  harbor.clock.advance(61_000);

  await typePassword(page, me);
  await expect(page.getByText(`Sent to •••• ${me.phone.slice(-2)}`)).toBeVisible();
  await page.getByRole('button', { name: 'Try another way' }).click();
  const ways = page.getByRole('list').getByRole('button');
  await expect(ways).toHaveText([/Text message/u, /Authenticator app/u, /Backup codes/u]);
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await codeField(page).fill(appCode());
  await expect(signedInAs(page, me.email)).toBeVisible();
  const sent = await sentTo(page, me.phone);
  await signOutButton(page).click();

  harbor.clock.advance(61_000);
  await typePassword(page, me);
  await expect(step(page, 'Enter the code from your app')).toBeVisible();
  await chooseBackupCodes(page);
  await expect(step(page, 'Enter a backup code')).toBeVisible();
  expect(await sentTo(page, me.phone), 'the app was used last, so no message goes out').toEqual(sent);
});
