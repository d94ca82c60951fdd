import { drive } from '@countersign/server/testing';
import { expect, type Page, test } from '@playwright/test';
import { everyStep } from './support/every-step.ts';
import { naughtyStrings } from './support/hostile.ts';
import { xssPayloads } from './support/strict/payloads.ts';
import { openStrictPage, openWatched, seenByMistake, type StrictPage } from './support/strict/strict-page.ts';
import { installTools, type Tools } from './support/strict/tools-in-page.ts';

/*
 * Texts that have broken other programs, in every place where an element takes a text or the server gives one: in the
 * built package, under the strict policy. None may become markup, run, or be refused by the browser.
 */

const texts = [...new Set([...naughtyStrings, ...xssPayloads])];

test.describe.configure({ timeout: 120_000 });

let strict: StrictPage;

test.beforeAll(async () => {
  strict = await openStrictPage();
});
test.afterAll(() => strict.close());
test.beforeEach(async ({ page }) => {
  await page.addInitScript(installTools);
  await openWatched(page, strict.url);
});

/** Every element that the package defines. */
const tags = [
  ...['sign-up', 'sign-in', 'reset-password', 'recover', 'verify', 'setup', 'account'],
  ...['code-field', 'phone-field', 'text-field', 'backup-codes', 'factor-list', 'qr-code', 'countdown'],
].map((name) => `countersign-${name}`);

/** Fills an element with one text after the other; gives those that it made something else of. */
const fillElement = (page: Page, tag: string): Promise<string[]> =>
  page.evaluate(
    async ({ tag, texts }) => {
      const { tools } = globalThis as unknown as { tools: Tools };
      const element = document.createElement(tag);
      const never: typeof fetch = (_input, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', reject));
      Reflect.set(element, 'options', { fetch: never, storage: null, channel: null });
      document.body.append(element);
      const show = async (text: string): Promise<string> => {
        tools.fill(element, text);
        await tools.drawn(element);
        return tools.partsOf(element);
      };
      const usual = await show('usual');
      const changed: string[] = [];
      for (const text of texts) {
        if ((await show(text)) !== usual || tools.dangersIn(element).length > 0) changed.push(text);
      }
      element.remove();
      return changed;
    },
    { tag, texts: texts.filter((text) => text !== '') },
  );

for (const tag of tags) {
  test(`K2: no hostile text is more than text in any property, attribute or slot of ${tag}`, async ({ page }) => {
    expect(await fillElement(page, tag)).toEqual([]);
    expect(await seenByMistake(page)).toEqual([]);
  });
}

interface Answered {
  flow: { kind: string };
}

/** Shows a step again and again, as a server would give it that says each text wherever it may say one. */
const tellStep = (page: Page, flow: Answered['flow']): Promise<string[]> =>
  page.evaluate(
    async ({ flow, texts }) => {
      const { tools } = globalThis as unknown as { tools: Tools };
      const element = document.createElement(`countersign-${flow.kind}`);
      let answer: unknown = { flow, token: 'token' };
      let tell: ((event: { data: unknown }) => void) | null = null;
      const channel = () => ({
        postMessage() {},
        addEventListener: (_type: string, listener: typeof tell) => void (tell = listener),
        close() {},
      });
      const fetcher = async () => Response.json(answer);
      Reflect.set(element, 'options', { fetch: fetcher, storage: null, channel, sleep: async () => {} });
      Reflect.set(element, 'flowToken', 'token');
      document.body.append(element);
      const settled = async (): Promise<string> => {
        const isBusy = () => element.shadowRoot?.querySelector('[aria-busy=false]') === null;
        do await new Promise((resolve) => void setTimeout(resolve));
        while (isBusy());
        await tools.drawn(element);
        return tools.partsOf(element);
      };
      const show = (text: string, code: string): Promise<string> => {
        const problem = { type: text, title: text, status: 400, reason: text, code, attemptsLeft: 3 };
        answer = { ...problem, flow: tools.spoil(flow, text) };
        tell?.({ data: { type: 'changed', token: 'token' } });
        return settled();
      };
      await settled();
      const changed: string[] = [];
      for (const known of ['verification_code.code_mismatch', '']) {
        const usual = await show('usual', known || 'un.known');
        for (const text of texts) {
          const parts = await show(text, known || text);
          if (parts !== usual || tools.dangersIn(element).length > 0) changed.push(text);
        }
      }
      element.remove();
      return changed;
    },
    { flow, texts: texts.filter((text) => text !== '') },
  );

for (const [name, to] of Object.entries(everyStep)) {
  // What is done shows nothing that the server says.
  if (name === 'complete') continue;
  test(`K2: no hostile text is more than text in what the server says at ${name}`, async ({ page }) => {
    const { visitor } = await to();
    expect(await tellStep(page, visitor.flow)).toEqual([]);
    expect(await seenByMistake(page)).toEqual([]);
  });
}

test('K2: no hostile text is more than text in what the server says of an account', async ({ page }) => {
  const { fetch } = await drive(strict.kit).signUp();
  const account: unknown = await (await fetch(`${strict.kit.base}/account`)).json();
  const changed = await page.evaluate(
    async ({ account, texts }) => {
      const { tools } = globalThis as unknown as { tools: Tools };
      const element = document.createElement('countersign-account');
      let answer = account;
      Reflect.set(element, 'options', { fetch: async () => Response.json(answer) });
      const show = async (text: string): Promise<string> => {
        answer = tools.spoil(account, text);
        document.body.append(element);
        for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => void setTimeout(resolve));
        await tools.drawn(element);
        const parts = tools.partsOf(element);
        element.remove();
        return parts;
      };
      await show('first');
      await new Promise((resolve) => void setTimeout(resolve, 1000));
      const usual = await show('usual');
      const changed: string[] = [];
      for (const text of texts) if ((await show(text)) !== usual) changed.push(text);
      return usual.includes('section') ? changed : ['nothing is shown'];
    },
    { account, texts: texts.filter((text) => text !== '') },
  );
  expect(changed).toEqual([]);
  expect(await seenByMistake(page)).toEqual([]);
});
