import { expect, test, type Page } from '@playwright/test';
import {
  askForAccount,
  axe,
  balance,
  bind,
  codeField,
  complaintsOf,
  enterPhone,
  messagesTo,
  moveTo,
  newcomer,
  openTab,
  phoneField,
  readCode,
  sentTo,
  signIn,
  signOutButton,
  violationsIn,
} from './support/harbor.ts';

// Each of these is several visits; a busy machine needs its time.
test.describe.configure({ timeout: 60_000 });

test('the keyboard alone binds a phone and verifies with it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const complaints = complaintsOf(page);
  const { phone } = newcomer();
  const { keyboard } = page;

  await page.goto('/');
  await moveTo(page.getByRole('button', { name: 'Ada Brandt' }), 'Tab');
  expect(await violationsIn(page)).toEqual([]);
  await keyboard.press('Enter');
  await expect(phoneField(page)).toBeFocused();
  await keyboard.type(phone);
  expect(await violationsIn(page)).toEqual([]);
  await keyboard.press('Enter');
  await expect(codeField(page)).toBeFocused();
  const first = await readCode(page, phone, 1);
  expect(await violationsIn(page)).toEqual([]);
  await keyboard.type(first);
  await expect(page.getByRole('heading', { name: 'Last payments' })).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);

  await moveTo(signOutButton(page), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Last payments' })).toBeHidden();
  await moveTo(page.getByRole('button', { name: 'Ada Brandt' }), 'Tab');
  await keyboard.press('Enter');
  await expect(codeField(page)).toBeFocused();
  expect(await readCode(page, phone, 2)).not.toBe(first);
  await moveTo(messagesTo(page, phone).first().getByRole('button', { name: 'Copy code' }), 'Tab');
  await keyboard.press('Enter');
  await moveTo(codeField(page), 'Shift+Tab');
  await keyboard.press('ControlOrMeta+V');
  await expect(page.getByRole('heading', { name: 'Last payments' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test.describe('a forged answer of the backend opens nothing:', () => {
  interface Claimed {
    flow: { step: Record<string, unknown> };
    token: string;
  }
  const made = { type: 'proof', proof: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJraW5kIjoidmVyaWZ5IiwibWZhIjp0cnVlfQ.' };
  const complete = {
    id: 'stp_forged',
    name: 'complete',
    actions: [],
    result: made,
    held: [],
    amr: ['pwd', 'sms', 'mfa'],
  };

  const forgeries: Record<string, (answer: Claimed) => unknown> = {
    'a flow that is complete, with a proof made up': ({ flow, token }) => ({
      flow: { ...flow, step: complete },
      token,
    }),
    'only the name of the step turned': ({ flow, token }) => ({
      flow: { ...flow, step: { ...flow.step, name: 'complete', result: { type: 'proof', proof: token } } },
      token,
    }),
  };

  for (const [what, forge] of Object.entries(forgeries)) {
    test(what, async ({ page }) => {
      await page.route('**/api/v1/flows', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: forge((await response.json()) as Claimed) });
      });
      await page.goto('/');
      await signIn(page, newcomer().name);
      await expect(page.getByRole('heading', { name: 'Not confirmed' })).toBeVisible();
      expect(await askForAccount(page)).toBe(403);
      await expect(balance(page)).toBeHidden();
    });
  }

  test('a host that seems to say that all is well', async ({ page }) => {
    await page.route('**/demo/me', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), authTime: Date.now() } });
    });
    await page.goto('/');
    await signIn(page, newcomer().name);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Not confirmed' })).toBeVisible();
    expect(await askForAccount(page)).toBe(403);
    await expect(balance(page)).toBeHidden();
  });
});

test('a proof opens the session of its own user, once', async ({ page, browser }) => {
  const proofs: string[] = [];
  const [own, stranger] = [newcomer(), newcomer()];
  page.on('request', (request) => {
    if (request.url().endsWith('/demo/proof')) proofs.push((request.postDataJSON() as { proof: string }).proof);
  });
  const redeem = (on: Page, proof = '') =>
    on.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch('/demo/proof', { method: 'POST', headers, body })).status;
      },
      JSON.stringify({ kind: 'verify', proof }),
    );

  await page.goto('/');
  await bind(page, own);
  expect(await redeem(page, proofs[0])).toBe(409);

  const elsewhere = await browser.newPage();
  await elsewhere.goto('/');
  await signIn(elsewhere, stranger.name);
  expect(await redeem(elsewhere, proofs[0])).toBe(400);
  expect(await askForAccount(elsewhere)).toBe(403);
  await elsewhere.close();
});

test('a reload goes on at each step and sends nothing', async ({ page }) => {
  const person = newcomer();
  const { phone } = person;
  await page.goto('/');
  await signIn(page, person.name);
  await expect(phoneField(page)).toBeVisible();
  await page.reload();
  await enterPhone(page, phone);
  await page.reload();
  await expect(page.getByText(`Sent to ${phone}`)).toBeVisible();
  expect(await sentTo(page, phone)).toBe(1);
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(balance(page)).toBeVisible();
  await page.reload();
  await expect(balance(page)).toBeVisible();

  await signOutButton(page).click();
  await signIn(page, person.name);
  await readCode(page, phone, 2);
  await page.reload();
  await codeField(page).fill(await readCode(page, phone, 2));
  await expect(balance(page)).toBeVisible();
  expect(await sentTo(page, phone)).toBe(2);
});

test('leaving the page and coming back goes on at the step and sends nothing', async ({ page }) => {
  const { name, phone } = newcomer();
  await page.goto('/');
  await signIn(page, name);
  await enterPhone(page, phone);
  await expect(page.getByText(`Sent to ${phone}`)).toBeVisible();
  await page.goto('/favicon.svg');
  await page.goBack();
  await expect(page.getByText(`Sent to ${phone}`)).toBeVisible();
  await page.getByRole('button', { name: 'Change the number' }).click();
  await enterPhone(page, phone);
  await expect(page.getByText(`Sent to ${phone}`)).toBeVisible();
  expect(await sentTo(page, phone)).toBe(1);
  await codeField(page).fill(await readCode(page, phone, 1));
  await expect(balance(page)).toBeVisible();
});

test('another account in the same tab never goes on with the flow of the last one', async ({ page }) => {
  const [one, other] = [newcomer(), newcomer()];
  await page.goto('/');
  await signIn(page, one.name);
  await enterPhone(page, one.phone);
  await signOutButton(page).click();
  await bind(page, other);
  expect([await sentTo(page, one.phone), await sentTo(page, other.phone)]).toEqual([1, 1]);

  await signOutButton(page).click();
  await signIn(page, one.name);
  await expect(phoneField(page)).toBeVisible();
  expect(await askForAccount(page)).toBe(403);
});

test('a second tab takes over, sends nothing, and opens both', async ({ page, context }) => {
  const { name, phone } = newcomer();
  await page.goto('/');
  await signIn(page, name);
  await enterPhone(page, phone);
  const second = await openTab(context, `Sent to ${phone}`);
  await expect(page.getByText(`Sent to ${phone}`)).toBeVisible();
  expect(await sentTo(page, phone)).toBe(1);
  await codeField(second).fill(await readCode(second, phone, 1));
  for (const tab of [page, second]) await expect(balance(tab)).toBeVisible();
});

test('a second number is added, and the host hears of it', async ({ page }) => {
  const [person, { phone: added }] = [newcomer(), newcomer()];
  await page.goto('/');
  await bind(page, person);
  await page.getByRole('button', { name: 'Add another phone number' }).click();
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(phoneField(page)).toBeVisible();
  await page.reload();
  await enterPhone(page, added);
  await codeField(page).fill(await readCode(page, added, 1));
  await expect(page.getByRole('status').filter({ hasText: 'Your new number is added' })).toBeVisible();
  await signOutButton(page).click();
  await signIn(page, person.name);
  await expect(page.getByText(`•••• ${person.phone.slice(-2)}`)).toBeVisible();
  await page.getByRole('button', { name: 'Try another way' }).click();
  await expect(page.getByRole('button', { name: `•••• ${added.slice(-2)}` })).toBeVisible();
});

test('another site can neither sign anybody in nor reach the page under another name', async ({ request }) => {
  const origin = 'https://elsewhere.example';
  const signedIn = await request.post('/demo/sign-in', { headers: { origin }, data: { user: 'ada' } });
  expect(signedIn.status()).toBe(403);
  const rebound = await request.get('/demo/messages', { headers: { host: 'elsewhere.example' }, maxRedirects: 0 });
  expect(rebound.status()).toBe(302);
});
