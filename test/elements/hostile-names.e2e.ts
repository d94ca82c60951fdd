import { expect, test } from '@playwright/test';
import { openStrictPage, openWatched, seenByMistake, type StrictPage } from '../support/strict/strict-page.ts';

/*
 * Markup around an element, and answers to it, whose names stand in for what scripts look for.
 */

test.describe.configure({ timeout: 60_000 });

let strict: StrictPage;

test.beforeAll(async () => {
  strict = await openStrictPage();
});
test.afterAll(() => strict.close());
test.beforeEach(({ page }) => openWatched(page, strict.url));

/** What scripts look for in a page, in a form and in each other. */
const names =
  `form input options client base tools name value submit reset elements action attributes children parentNode
  shadowRoot innerHTML id method length nodeName step countersign config settings test csrf user token process ShadyCSS
  OTPCredential`.split(/\s+/u);

test('K8: names of other elements of the page stand in for nothing that an element looks for', async ({ page }) => {
  const { token } = await strict.kit.begin();
  await page.evaluate(
    ({ names, token }) => {
      const form = document.createElement('form');
      form.id = 'form';
      for (const name of names) {
        const input = Object.assign(document.createElement('input'), { name, id: name, hidden: true });
        const link = Object.assign(document.createElement('a'), { id: name, href: 'https://acme.example/clobbered' });
        const image = Object.assign(document.createElement('img'), { name });
        form.append(input, link, image);
      }
      const element = document.createElement('countersign-verify');
      Reflect.set(element, 'flowToken', token);
      document.body.append(form, element);
    },
    { names, token },
  );
  await page.getByRole('textbox', { name: 'Phone number' }).fill('+31612345678');
  await page.getByRole('button', { name: 'Send code' }).click();
  const codeField = page.getByRole('textbox', { name: 'Code', exact: true });
  await expect(codeField).toBeVisible();
  await codeField.fill(strict.kit.inbox.code());
  await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible();
  expect(page.url()).toBe(`${strict.url}/`);
});

test('K8, L9: answers that reach for prototypes change none, and unknown codes are said in words that are always true', async ({
  page,
}) => {
  const visitor = strict.kit.visitor();
  await visitor.claim((await strict.kit.begin({ userId: 'bob' })).token);
  const seen = await page.evaluate(
    async ({ flow }) => {
      const poison = '"__proto__": {"isAdmin": true, "hidden": true}, "constructor": {"prototype": {"isAdmin": true}}';
      const sentences: string[] = [];
      for (const code of ['moon.is_full', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
        const text = JSON.stringify({ token: 't', code, title: '', type: '', status: 400, flow });
        const poisoned = text.replaceAll('{', `{${poison}, `);
        const element = document.createElement('countersign-verify');
        const headers = { 'content-type': 'application/json' };
        const fetcher = async () => new Response(poisoned, { headers });
        Reflect.set(element, 'options', { fetch: fetcher, storage: null, channel: null });
        Reflect.set(element, 'flowToken', 't');
        document.body.append(element);
        while (!element.querySelector('input')) await new Promise((resolve) => void requestAnimationFrame(resolve));
        sentences.push(element.querySelector('[data-error]')?.textContent ?? 'nothing');
        element.remove();
      }
      const reached = ['isAdmin', 'hidden'].filter((name) => name in {} || name in []);
      return { sentences: [...new Set(sentences)], reached };
    },
    { flow: visitor.flow },
  );
  expect(seen).toEqual({ sentences: ['Something went wrong. Try again.'], reached: [] });
  expect(await seenByMistake(page)).toEqual([]);
});
