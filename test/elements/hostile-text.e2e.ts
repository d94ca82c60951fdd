import { expect, type Page, test } from '@playwright/test';
import { everyStep } from '../support/every-step.ts';
import { naughtyStrings, wrongValues } from '../support/hostile.ts';
import { xssPayloads } from '../support/strict/payloads.ts';
import { openStrictPage, openWatched, seenByMistake, type StrictPage } from '../support/strict/strict-page.ts';
import { installTools, type Tools } from '../support/strict/tools-in-page.ts';

/*
 * Texts that have broken other programs, in every place where an element takes a text or the server gives one: in the
 * built package, under the strict policy. None may become markup, run, or be refused by the browser.
 */

const wrongTexts = wrongValues.filter((value) => typeof value === 'string');
const texts = [...new Set([...naughtyStrings, ...wrongTexts, ...xssPayloads])];

test.describe.configure({ timeout: 300_000 });

let strict: StrictPage;

test.beforeAll(async () => {
  strict = await openStrictPage();
});
test.afterAll(() => strict.close());
test.beforeEach(async ({ page }) => {
  await page.addInitScript(installTools);
  await openWatched(page, strict.url);
});
test.afterEach(async ({ page }) => {
  expect(await seenByMistake(page)).toEqual([]);
  const markup = await page.evaluate(() => [...(globalThis as unknown as { tools: Tools }).tools.markup]);
  expect(markup.length).toBeGreaterThan(0);
  const hostile = texts.filter((text) => text.includes('<'));
  expect(markup.filter((made) => hostile.some((text) => made.includes(text)))).toEqual([]);
});

const flows = ['sign-up', 'sign-in', 'reset-password', 'recover', 'verify', 'setup', 'account'];
const fields = ['code-field', 'phone-field', 'text-field', 'backup-codes'];
const others = ['factor-list', 'qr-code', 'countdown'];

/** An element with texts of the page's in its slots, or without. */
const fillElement = (page: Page, name: string, slots: readonly string[]): Promise<string[]> =>
  page.evaluate(
    async ({ tag, slots, texts }) => {
      const { tools } = globalThis as unknown as { tools: Tools };
      const element = document.createElement(tag);
      const never: typeof fetch = (_input, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', reject));
      Reflect.set(element, 'options', { fetch: never, storage: null, channel: null });
      for (const slot of slots) {
        const own = document.createElement(slot === 'label' ? 'label' : 'span');
        own.dataset['own'] = '';
        own.slot = slot;
        element.append(own);
      }
      document.body.append(element);
      const changed = await tools.tryAll(element, (text) => tools.fill(element, text), texts);
      element.remove();
      return changed.map((text) => `${tag} ${text}`);
    },
    { tag: `countersign-${name}`, slots, texts },
  );

test('K2: no hostile text is more than text in any property, attribute or slot of an element', async ({ page }) => {
  expect(texts.length, 'as many as was agreed').toBeGreaterThanOrEqual(515 + 100);
  for (const name of [...flows, ...fields, ...others]) expect(await fillElement(page, name, [])).toEqual([]);
  for (const name of fields) expect(await fillElement(page, name, ['label', 'message'])).toEqual([]);
  expect(await fillElement(page, 'countdown', [''])).toEqual([]);
});

interface Told {
  flow: { kind: string };
  /** Of a refusal that is known; each text stands in for one where it is null. */
  code: string | null;
}

/** Shows a step again and again, as a server would that refuses, and says each text wherever it may say one. */
const tellStep = (page: Page, told: Told): Promise<string[]> =>
  page.evaluate(
    async ({ flow, code, texts }) => {
      const { tools } = globalThis as unknown as { tools: Tools };
      const element = document.createElement(`countersign-${flow.kind}`) as HTMLElement & {
        client: { act(action: object): Promise<unknown>; state: { name: string } } | null;
      };
      let answer: object = { flow, token: 'token' };
      let status = 200;
      const fetcher = async () => Response.json(answer, { status });
      const options = { fetch: fetcher, storage: null, channel: null, sleep: async () => {}, now: () => 0 };
      Object.assign(element, { options, flowToken: 'token' });
      document.body.append(element);
      while (!element.shadowRoot?.querySelector('[aria-busy=false]')) {
        await new Promise((resolve) => void requestAnimationFrame(resolve));
      }
      status = 400;
      const show = async (text: string): Promise<void> => {
        const details = { attemptsLeft: text, retryAfter: text, reason: text };
        answer = {
          title: text,
          type: text,
          detail: text,
          ...details,
          code: code ?? text,
          flow: tools.spoil(flow, text),
        };
        await element.client?.act({ type: 'resend' });
      };
      const changed = await tools.tryAll(element, show, texts);
      const isReady = element.client?.state.name === 'ready';
      element.remove();
      return isReady ? changed : ['the step is not shown', element.client?.state.name ?? ''];
    },
    { ...told, texts },
  );

const known = 'verification_code.code_mismatch';

test('K2: no hostile text is more than text in what the server says in any step', async ({ page }) => {
  for (const [name, to] of Object.entries(everyStep)) {
    // What is done shows nothing that the server says.
    if (name === 'complete') continue;
    const { flow } = (await to()).visitor;
    const codes = name === 'verify-factor sms code' ? [known, null] : [null];
    for (const code of codes) expect(await tellStep(page, { flow, code }), name).toEqual([]);
  }
});

test('K2: no hostile text is more than text in what the server says of an account', async ({ page }) => {
  const { kit, visitor } = await (everyStep['complete'] ?? Promise.reject)();
  const account: unknown = await (await visitor.fetch(`${kit.base}/account`)).json();
  const changed = await page.evaluate(
    async ({ account, texts }) => {
      const { tools } = globalThis as unknown as { tools: Tools };
      const element = document.createElement('countersign-account');
      let answer = account;
      Reflect.set(element, 'options', { fetch: async () => Response.json(answer) });
      const show = async (text: string): Promise<void> => {
        answer = tools.spoil(account, text);
        element.remove();
        await Promise.resolve();
        document.body.append(element);
        while (!element.shadowRoot?.textContent?.includes(text)) await tools.turn();
      };
      return tools.tryAll(element, show, texts);
    },
    { account, texts },
  );
  expect(changed).toEqual([]);
});
