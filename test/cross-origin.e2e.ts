import { toFetchHandler } from '@countersign/server';
import { listen } from '@countersign/server/node';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { expect, type Page } from '@playwright/test';
import { test } from './support/canary/test.ts';
import { freePort } from './support/free-port.ts';
import { codeField, emailField, passwordField, phoneField, step } from './support/harbor.ts';
import { servePage } from './support/serve-page.ts';

const phone = '+31612345678';

const pageFor = (api: string): string => `<!doctype html>
<title>Acme</title>
<countersign-sign-up base="${api}"></countersign-sign-up>
<script type="module">
  import '/countersign.min.js';
  addEventListener('countersign-complete', async ({ session }) => {
    const headers = { authorization: 'Bearer ' + session.token };
    const answer = await fetch('${api}/session', { headers });
    document.body.append('Signed in: ' + (await answer.json()).session.identifiers[0].value);
  });
</script>`;

interface Scene {
  kit: TestKit;
  api: string;
  listed: string;
  unlisted: string;
  close(): Promise<unknown>;
}

/** A backend at an origin of its own, and two pages elsewhere, of which it knows one. */
const open = async (): Promise<Scene> => {
  const [backendPort, listedPort, unlistedPort] = [await freePort(), await freePort(), await freePort()];
  // Not of one site: localhost and an address are as far apart as two domains.
  const listed = `http://127.0.0.1:${listedPort}`;
  const unlisted = `http://127.0.0.1:${unlistedPort}`;
  const settings = { signUp: { identifiers: ['email' as const] }, policy: { mode: 'mandatory' as const } };
  const kit = await createTestKit({ origins: [listed], settings, start: Date.now() });
  const api = `http://localhost:${backendPort}/api/v1`;
  const servers = [
    await listen(toFetchHandler(kit.backend), { port: backendPort, host: '127.0.0.1', grace: 100 }),
    await servePage({ port: listedPort, html: pageFor(api) }),
    await servePage({ port: unlistedPort, html: pageFor(api) }),
  ];
  return { kit, api, listed, unlisted, close: () => Promise.all(servers.map((server) => server.close())) };
};

const goOn = (page: Page) => page.getByRole('button', { name: 'Continue' }).click();

test('J1, J2: a page of a listed origin signs somebody up at a backend of another site, without a cookie', async ({
  page,
}) => {
  const { kit, listed, api, close } = await open();
  await page.goto(listed);
  await emailField(page).fill('ada@example.com');
  await goOn(page);
  await expect(step(page, 'Enter the code')).toBeVisible();
  await codeField(page).fill(kit.inbox.code('ada@example.com'));
  await passwordField(page).fill('correct horse 9 battery');
  await goOn(page);
  await phoneField(page).fill(phone);
  await phoneField(page).press('Enter');
  await expect(step(page, 'Enter the code')).toBeVisible();
  await page.reload();
  await codeField(page).fill(kit.inbox.code(phone));
  await expect(page.getByText('Signed in: ada@example.com')).toBeVisible();
  expect(await page.context().cookies([api, listed])).toEqual([]);
  await close();
});

test('J1, J2: a page of an origin that nobody listed gets no answer that it could read, and does nothing', async ({
  page,
}) => {
  const { kit, unlisted, api, close } = await open();
  await page.goto(unlisted);
  const { token } = await kit.begin();
  const tried = await page.evaluate(
    async ({ api: base, body }) => {
      const post = (init: RequestInit) =>
        fetch(`${base}/flows`, { method: 'POST', body, ...init }).then(
          ({ type, status }) => `${type} ${status}`,
          ({ name }: Error) => name,
        );
      const json = { 'content-type': 'application/json' };
      return [
        await post({ headers: json }),
        await post({ headers: json, credentials: 'include' }),
        await post({}),
        await post({ mode: 'no-cors' }),
        await post({ mode: 'no-cors', credentials: 'include' }),
      ];
    },
    { api, body: JSON.stringify({ token }) },
  );
  expect(tried).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError']);
  expect((await kit.visitor().claim(token)).status, 'the flow was never claimed').toBe(201);
  await close();
});
