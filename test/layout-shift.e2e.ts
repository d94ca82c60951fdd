import { expect, type Page } from '@playwright/test';
import {
  acknowledge,
  codeField,
  emailField,
  newcomer,
  type Newcomer,
  passwordField,
  phoneField,
  readCode,
  signedInAs,
  signOutButton,
  step,
  typePassword,
} from './support/harbor.ts';
import { type Harbor, test } from './support/harbor-server.ts';
import { countToil, toilOf } from './support/toil.ts';

/*
 * Nothing moves while a step is shown, whatever is refused in it and whatever comes late. What follows a press counts as
 * well: the half second that browsers forgive after it is over before a slow network answers.
 */

test.describe.configure({ timeout: 60_000 });

interface Scene {
  page: Page;
  harbor: Harbor;
  person: Newcomer;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const reads = (page: Page, text: string) => expect(page.getByText(text).first()).toBeVisible();

/** Time passes at the server, and the page is looked at again. */
const pass = async ({ page, harbor }: Scene, seconds: number): Promise<void> => {
  harbor.clock.advance(seconds * 1000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
};

const isWrong = 'That code is not right.';

const wrong = (code: string): string => code.replace(/^./u, (digit) => String((Number(digit) + 1) % 10));

const signUp = async ({ page, person }: Scene): Promise<void> => {
  await page.goto('/sign-up');
  await emailField(page).fill('nonsense@');
  await press(page, 'Continue');
  await reads(page, 'An e-mail address looks like');
  await emailField(page).fill(person.email);
  await press(page, 'Continue');
  await expect(step(page, 'Enter the code')).toBeVisible();
  const code = await readCode(page, person.email, 1);
  await codeField(page).fill(wrong(code));
  await reads(page, isWrong);
  await codeField(page).fill(code);
  await passwordField(page).fill('password1');
  await press(page, 'Continue');
  await reads(page, 'Many people use this password');
  await passwordField(page).fill(person.password);
  await press(page, 'Continue');
};

const setUp = async ({ page, person }: Scene): Promise<void> => {
  await expect(phoneField(page)).toBeFocused();
  await expect(page.locator('countersign-phone-field')).toHaveJSProperty('value', '');
  await page.keyboard.type('+311');
  await press(page, 'Send code');
  await reads(page, 'Enter the whole number');
  await phoneField(page).fill('+31900123456');
  await press(page, 'Send code');
  await reads(page, 'No code reaches');
  await phoneField(page).fill(person.phone);
  await press(page, 'Send code');
  await codeField(page).fill(await readCode(page, person.phone, 1));
  await expect(step(page, 'Save your backup codes')).toBeVisible();
  await press(page, 'Continue');
  await acknowledge(page);
  await expect(signedInAs(page, person.email)).toBeVisible();
};

const signIn = async ({ page, person }: Scene): Promise<void> => {
  await signOutButton(page).click();
  await typePassword(page, { ...person, password: 'not this one' });
  await reads(page, 'No account matches');
  await typePassword(page, person);
  await codeField(page).fill(wrong(await readCode(page, person.phone, 2)));
  await reads(page, isWrong);
};

const climb = async (scene: Scene): Promise<void> => {
  const { page, person } = scene;
  await pass(scene, 61);
  await press(page, 'Send again');
  await reads(page, 'No code at');
  await pass(scene, 121);
  await expect(page.getByRole('button', { name: 'Send a text message again' })).toBeVisible();
  await codeField(page).fill(await readCode(page, person.phone, 3));
  await expect(signedInAs(page, person.email)).toBeVisible();
};

const movedOn = async (page: Page): Promise<string[]> => (await toilOf(page)).moved;

for (const [device, viewport] of [
  ['a computer', { width: 1280, height: 1000 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`nothing moves while a step is shown on ${device}, from the first visit to the ladder, refusals and late parts included`, async ({
    page,
    harbor,
  }) => {
    await page.setViewportSize(viewport);
    await harbor.configure({ factors: ['sms', 'backup-codes'] });
    await countToil(page);
    const scene = { page, harbor, person: newcomer() };
    const moved: Record<string, string[]> = {};
    for (const part of [signUp, setUp, signIn, climb]) {
      await part(scene);
      moved[part.name] = await movedOn(page);
    }
    expect(moved).toEqual({ signUp: [], setUp: [], signIn: [], climb: [] });
  });
}

test('what moves in a step is seen', async ({ page }) => {
  await countToil(page);
  await page.goto('/sign-up');
  await expect(emailField(page)).toBeVisible();
  expect(await movedOn(page)).toEqual([]);
  await page.locator('.countersign-step').evaluate((form) => form.prepend('This was not there.'));
  expect(await movedOn(page)).toHaveLength(1);
});
