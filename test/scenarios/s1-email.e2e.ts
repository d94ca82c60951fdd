import { expect } from '@playwright/test';
import {
  axe,
  backupField,
  codeField,
  complaintsOf,
  emailField,
  messagesTo,
  moveTo,
  newcomer,
  passwordField,
  phoneField,
  readBackupCodes,
  readCode,
  sentTo,
  signedInAs,
  signOutButton,
  step,
  violationsIn,
} from '../support/harbor.ts';
import { test } from '../support/harbor-server.ts';

test.describe.configure({ timeout: 90_000 });

test('S1a: K1: mail, code and password, then SMS and backup codes, by the keyboard alone', async ({
  page,
  context,
  harbor,
}) => {
  await harbor.configure({ factors: ['sms', 'backup-codes'] });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const complaints = complaintsOf(page);
  const { email, phone, password } = newcomer();
  const { keyboard } = page;

  const typeName = async (): Promise<void> => {
    await moveTo(emailField(page), 'Tab');
    await keyboard.type(email);
    await moveTo(passwordField(page), 'Tab');
    await keyboard.type(password);
    await keyboard.press('Enter');
    await expect(codeField(page)).toBeFocused();
  };
  const signOut = async (): Promise<void> => {
    await moveTo(signOutButton(page), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(step(page, 'Sign in')).toBeVisible();
  };

  await test.step('signs up', async () => {
    await page.goto('/');
    await moveTo(page.getByRole('link', { name: 'Create an account' }), 'Tab');
    expect(await violationsIn(page)).toEqual([]);
    await keyboard.press('Enter');
    await expect(emailField(page)).toBeFocused();
    await keyboard.type(email);
    expect(await violationsIn(page)).toEqual([]);
    await keyboard.press('Enter');
    await expect(codeField(page)).toBeFocused();
    expect(await violationsIn(page)).toEqual([]);
    await keyboard.type(await readCode(page, email, 1));
    await expect(passwordField(page)).toBeFocused();
    await keyboard.type(password);
    expect(await violationsIn(page)).toEqual([]);
    await keyboard.press('Enter');
  });

  await test.step('binds a phone', async () => {
    await expect(phoneField(page)).toBeFocused();
    await keyboard.type(phone);
    expect(await violationsIn(page)).toEqual([]);
    await keyboard.press('Enter');
    await expect(codeField(page)).toBeFocused();
    await moveTo(messagesTo(page, phone).first().getByRole('button', { name: 'Copy code' }), 'Tab');
    await keyboard.press('Enter');
    await moveTo(codeField(page), 'Shift+Tab');
    await keyboard.press('ControlOrMeta+V');
  });

  const [backupCode = ''] = await test.step('saves the backup codes', async () => {
    await expect(step(page, 'Save your backup codes')).toBeFocused();
    expect(await violationsIn(page)).toEqual([]);
    const codes = await readBackupCodes(page);
    await moveTo(page.getByRole('button', { name: 'Copy', exact: true }), 'Tab');
    await keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(codes[9]);
    await moveTo(page.getByRole('checkbox'), 'Tab');
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await expect(signedInAs(page, email)).toBeVisible();
    expect(await violationsIn(page)).toEqual([]);
    await expect(page.getByText(`Text message to •••• ${phone.slice(-2)}`)).toBeVisible();
    await expect(page.getByText('10 backup codes left')).toBeVisible();
    return codes;
  });

  await test.step('signs in with a text message', async () => {
    await signOut();
    await typeName();
    await keyboard.type(await readCode(page, phone, 2));
    await expect(signedInAs(page, email)).toBeVisible();
  });

  const enterBackupCode = async (): Promise<void> => {
    await signOut();
    await typeName();
    await moveTo(page.getByRole('button', { name: 'Try another way' }), 'Tab');
    await keyboard.press('Enter');
    await expect(step(page, 'Choose how to confirm that it is you')).toBeVisible();
    await moveTo(page.getByRole('button', { name: 'Backup codes' }), 'Tab');
    await keyboard.press('Enter');
    await expect(backupField(page)).toBeFocused();
    await keyboard.type(backupCode.toLowerCase().replaceAll('-', ' '));
    await keyboard.press('Enter');
  };

  await test.step('signs in with a backup code, once', async () => {
    await enterBackupCode();
    await expect(signedInAs(page, email)).toBeVisible();
    await expect(page.getByText('9 backup codes left')).toBeVisible();
    await enterBackupCode();
    await expect(page.getByText('This is none of your codes, or it was used before.').first()).toBeVisible();
    await expect(backupField(page)).toBeFocused();
    expect(await violationsIn(page)).toEqual([]);
  });

  expect(await sentTo(page, email)).toEqual(['Register', 'Generic']);
  // Who signed in with a backup code left a text message unused, so that the next sign-in needs none.
  expect(await sentTo(page, phone)).toEqual(['BindMfa', 'MfaVerification', 'MfaVerification']);
  // The browser itself notes each refused request; nothing else may be there.
  expect(complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'))).toEqual([]);
});
