import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';
import { ensureStorybook } from '../scripts/built.mjs';
import { serveStorybook } from '../scripts/screenshots/serve.mjs';
import { openStory, storiesOf } from '../scripts/screenshots/stories.mjs';
import { axe } from './support/harbor.ts';
import { cutOffIn, readersSheets, readWith } from './support/cut-off.ts';
import { type Look, violationsIn } from './support/looks.ts';

interface FullLook extends Look {
  forcedColors: 'none' | 'active';
}

/** What `npm test` leaves out. */
const looks: readonly FullLook[] = [
  { name: 'dark', theme: 'dark', dir: 'ltr', forcedColors: 'none' },
  { name: 'dark, right to left', theme: 'dark', dir: 'rtl', forcedColors: 'none' },
  { name: 'forced colours', theme: 'light', dir: 'ltr', forcedColors: 'active' },
  { name: 'dark forced colours', theme: 'dark', dir: 'ltr', forcedColors: 'active' },
];

let storybook: Awaited<ReturnType<typeof serveStorybook>>;
let browser: Browser;
let page: Page;

before(async () => {
  await ensureStorybook();
  storybook = await serveStorybook();
  browser = await chromium.launch({ executablePath: findBrowser(), args: chromiumArguments });
  page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    sessionStorage.clear();
    localStorage.clear();
  });
  await page.addInitScript(axe);
  // The compiler marks functions by their names, by a helper that is not in the page.
  await page.addInitScript('globalThis.__name = (named) => named');
});

after(async () => {
  await browser.close();
  await storybook.close();
});

/** What follows the window needs a frame or two. */
const atRest = async (look: () => Promise<string[]>): Promise<string[]> => {
  for (let frame = 0; frame < 10; frame += 1) {
    if ((await look()).length === 0) return [];
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return look();
};

const open = async ({ id, title, name }: ReturnType<typeof storiesOf>[number]): Promise<string> => {
  const story = `${title}: ${name}`;
  const outcome = await openStory(page, { url: storybook.url, id });
  assert.deepEqual(outcome, { status: 'success', errors: [] }, story);
  return story;
};

test('every story keeps every rule of axe in the dark, from right to left there, and in forced colours', async (t) => {
  const stories = storiesOf();
  const found: string[] = [];
  for (const each of stories) {
    const story = await open(each);
    for (const look of looks) {
      await page.emulateMedia({ colorScheme: look.theme, forcedColors: look.forcedColors });
      const violations = await violationsIn(page, look);
      found.push(...violations.map((violation) => `${story}, ${look.name}: ${violation}`));
    }
  }
  t.diagnostic(`${stories.length} stories in ${looks.length} looks: ${looks.map(({ name }) => name).join('; ')}`);
  t.diagnostic(`violations: ${found.length}`);
  assert.ok(stories.length > 0);
  assert.deepEqual(found, []);
});

test('nothing of any story is cut off on a narrow screen, however large and wide readers make its text', async (t) => {
  const stories = storiesOf();
  const found: string[] = [];
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  for (const each of stories) {
    await page.setViewportSize({ width: 1280, height: 720 });
    const story = await open(each);
    await page.setViewportSize({ width: 320, height: 720 });
    for (const [what, css] of Object.entries(readersSheets)) {
      await readWith(page, css);
      const cut = await atRest(() => cutOffIn(page));
      found.push(...cut.map((text) => `${story}, ${what}: ${text}`));
    }
  }
  t.diagnostic(`320 px wide ${Object.keys(readersSheets).join(', and ')}: ${found.length} texts cut off`);
  assert.deepEqual(found, []);
});
