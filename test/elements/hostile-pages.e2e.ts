import { expect, test } from '@playwright/test';
import { urlPayloads } from '../support/strict/payloads.ts';
import { openStrictPage, openWatched, seenByMistake, type StrictPage } from '../support/strict/strict-page.ts';

/*
 * Addresses that a page hands to an element, and what may come of them under the strict policy.
 */

test.describe.configure({ timeout: 60_000 });

let strict: StrictPage;

test.beforeAll(async () => {
  strict = await openStrictPage({
    settings: { signUp: { identifiers: ['email'] }, resetPassword: { identifiers: ['email'] } },
  });
});
test.afterAll(() => strict.close());
test.beforeEach(({ page }) => openWatched(page, strict.url));

test('K3: a link leads to pages of the web only, whatever address it is given', async ({ page }) => {
  const linked = await page.evaluate(
    async ({ urls, good }) => {
      const element = document.createElement('countersign-sign-in');
      document.body.append(element);
      const until = async (isTrue: () => unknown): Promise<void> => {
        while (!isTrue()) await new Promise((resolve) => void requestAnimationFrame(resolve));
      };
      await until(() => element.querySelector('input'));
      const linksTo = async (url: string): Promise<string[]> => {
        element.setAttribute('sign-up-url', url);
        Reflect.set(element, 'resetPasswordUrl', url);
        await Reflect.get(element, 'updateComplete');
        return [...element.querySelectorAll('a')].map(({ protocol }) => protocol);
      };
      const allowed: string[] = [];
      for (const url of good) allowed.push(...(await linksTo(url)));
      const others: string[] = [];
      for (const url of urls) others.push(...(await linksTo(url)));
      return { allowed: allowed.length, others: [...new Set(others)] };
    },
    { urls: urlPayloads, good: ['/sign-up', 'sign-up', '?next', '#up', 'https://acme.example/up', '//acme.example'] },
  );
  expect(linked.allowed).toBe(12);
  expect(linked.others.filter((protocol) => !/^(?:https?)?:$/u.test(protocol))).toEqual([]);
  expect(await seenByMistake(page)).toEqual([]);
});

for (const property of ['base', 'beginUrl']) {
  test(`K3: nothing runs, and nothing is asked outside the web, whatever ${property} says`, async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).protocol));
    const headings = await page.evaluate(
      async ({ property, urls }) => {
        const seen = new Set<string>();
        for (const url of urls) {
          const element = document.createElement('countersign-verify');
          Reflect.set(element, 'flowToken', property === 'base' ? 'token' : '');
          Reflect.set(element, 'options', { storage: null, channel: null });
          Reflect.set(element, property, url);
          document.body.append(element);
          const headingOf = () => element.shadowRoot?.querySelector('h2')?.textContent ?? '';
          do await new Promise((resolve) => void requestAnimationFrame(resolve));
          while (/^(?:One moment.*|)$/u.test(headingOf()));
          seen.add(headingOf());
          element.remove();
        }
        return [...seen].toSorted();
      },
      { property, urls: urlPayloads.filter((url) => !/acme\.example/u.test(url)) },
    );
    expect(
      headings.filter((heading) => !/^(?:No connection|That did not work|This took too long)$/u.test(heading)),
    ).toEqual([]);
    expect(asked.filter((protocol) => !/^(?:https?|data|blob|about):$/u.test(protocol))).toEqual([]);
    expect(await seenByMistake(page).then((seen) => JSON.stringify(seen))).not.toContain('canary');
  });
}
