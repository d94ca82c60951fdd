import { expect, type Page } from '@playwright/test';
import { becomeMember } from './support/become-member.ts';
import { askForAccount, codeField, isSent, newcomer, readCode, sendMoney } from './support/harbor.ts';
import { test } from './support/canary/test.ts';

// Each of these is several visits; a busy machine needs its time.
test.describe.configure({ timeout: 60_000 });

const forged = (result: object) => ({
  id: 'stp_forged',
  name: 'complete',
  actions: [],
  result,
  held: [],
  amr: ['pwd', 'sms', 'mfa'],
});

interface Opened {
  flow: { step: object };
  token: string;
}

/** Answers the page in the backend's place, with a flow that seems to be complete. */
const forge = (page: Page, result: object) =>
  page.route('**/api/v1/flows', async (route) => {
    const response = await route.fetch();
    const { flow, token } = (await response.json()) as Opened;
    await route.fulfill({ response, json: { flow: { ...flow, step: forged(result) }, token } });
  });

test.describe('D3, K5: a forged answer of the backend opens nothing [CVE-2021-30120]', () => {
  test('a session made up', async ({ page }) => {
    await forge(page, { type: 'session', token: null, expiresAt: '2099-01-01T00:00:00.000Z' });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Not confirmed' })).toBeVisible();
    expect(await askForAccount(page)).toBeNull();
  });

  test('a proof made up', async ({ page }) => {
    await becomeMember(page, newcomer());
    const proof = 'eyJhbGciOiJub25lIn0.eyJraW5kIjoidmVyaWZ5IiwibWZhIjp0cnVlfQ.';
    await forge(page, { type: 'proof', proof });
    await page.getByRole('link', { name: 'Send money' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Not confirmed' })).toBeVisible();
    expect((await askForAccount(page))?.balance).toBe(150_000);
  });

  test('a host that seems to say that somebody is signed in', async ({ page }) => {
    const account = { name: 'ada@example.com', expiresAt: '2099-01-01T00:00:00.000Z', held: [], currency: 'EUR' };
    await page.route('**/demo/account', (route) => route.fulfill({ json: { ...account, balance: 1, payments: [] } }));
    await page.goto('/transfer');
    await page.getByLabel('Amount').fill('0.01');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('There is not enough money for that.')).toBeVisible();
  });
});

test('a proof is for one transfer of one member, and serves once', async ({ page, openBrowser }) => {
  const handedIn: { url: string; proof: string }[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.endsWith('/confirm')) return;
    handedIn.push({ url: pathname, proof: (request.postDataJSON() as { proof: string }).proof });
  });
  const post = (on: Page, url: string, body: object) =>
    on.evaluate(
      async ([path, text]) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(path, { method: 'POST', headers, body: text });
        return { status: response.status, body: (await response.json()) as { id?: string; error?: string } };
      },
      [url, JSON.stringify(body)] as const,
    );
  const prepare = async (on: Page) => (await post(on, '/demo/transfers', { to: 'Mallory', amount: 100 })).body.id;

  const person = newcomer();
  await becomeMember(page, person);
  await sendMoney(page);
  await codeField(page).fill(await readCode(page, person.phone, 2));
  await expect(isSent(page)).toBeVisible();
  const [{ url, proof } = { url: '', proof: '' }] = handedIn;
  expect(await post(page, url, { proof })).toMatchObject({ status: 404 });
  const other = `/demo/transfers/${await prepare(page)}/confirm`;
  expect(await post(page, other, { proof })).toMatchObject({ status: 400, body: { error: 'proof.invalid' } });

  const elsewhere = await (await openBrowser()).newPage();
  await becomeMember(elsewhere, newcomer());
  expect(await post(elsewhere, other, { proof })).toMatchObject({ status: 404 });
  const own = `/demo/transfers/${await prepare(elsewhere)}/confirm`;
  expect(await post(elsewhere, own, { proof })).toMatchObject({ status: 400 });
  expect((await askForAccount(elsewhere))?.balance).toBe(150_000);
});

test('another site can neither sign anybody out nor reach the page under another name', async ({ page, request }) => {
  await becomeMember(page, newcomer());
  const headers = { origin: 'https://elsewhere.example' };
  expect((await page.request.delete('/api/v1/session', { headers })).status()).toBe(403);
  expect((await page.request.post('/demo/phones/begin', { headers })).status()).toBe(403);
  expect(
    (await page.request.get('/api/v1/session', { headers: { origin: new URL(page.url()).origin } })).status(),
  ).toBe(200);
  const rebound = await request.get('/demo/messages', { headers: { host: 'elsewhere.example' }, maxRedirects: 0 });
  expect(rebound.status()).toBe(302);
});
