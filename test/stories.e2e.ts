import { expect, test, type Page } from '@playwright/test';
import { openStory, storiesOf } from '../scripts/screenshots/stories.mjs';
import { cutOffIn } from './support/cut-off.ts';
import { axe } from './support/harbor.ts';
import { type Look, violationsIn } from './support/looks.ts';

/** The dark and forced colours are looked at by `stories.long.ts`. */
const looks: readonly Look[] = [
  { name: 'light', dir: 'ltr', theme: 'light' },
  { name: 'right to left', dir: 'rtl', theme: 'light' },
];

/** What readers change, one after the other: the size of texts, and their spacing as WCAG 1.4.12 has it. */
const sheets = {
  'as it is': '',
  'with text of 200 %': ':root { font-size: 200% }',
  'with wide spacing':
    ':root { font-size: 100% } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
};

const wide = { width: 1280, height: 720 };
const narrow = { width: 320, height: 720 };

// One page for all stories: a new one costs two seconds, another address in it a fifth of one.
const storyTest = test.extend<{ complaints: string[] }, { stage: Page }>({
  stage: [
    async ({ browser }, use) => {
      const stage = await browser.newPage({ reducedMotion: 'reduce', viewport: wide });
      await stage.addInitScript(() => {
        sessionStorage.clear();
        localStorage.clear();
      });
      await stage.addInitScript(axe);
      await use(stage);
      await stage.close();
    },
    { scope: 'worker' },
  ],
  complaints: async ({ stage }, use) => {
    await use(complaintsOf(stage));
    stage.removeAllListeners();
  },
});

for (const { id, title, name } of storiesOf()) {
  storyTest(`${title}: ${name}`, async ({ stage, complaints }, { config }) => {
    const url = config.metadata['storybook'];
    await stage.setViewportSize(wide);
    expect(await openStory(stage, { url, id })).toEqual({ status: 'success', errors: [] });
    for (const look of looks) {
      await test.step(look.name, async () => expect(await violationsIn(stage, look)).toEqual([]));
    }
    await stage.setViewportSize(narrow);
    for (const [what, css] of Object.entries(sheets)) {
      await test.step(`320 px wide, ${what}`, async () =>
        // What follows the window needs a frame or two.
        expect.poll(() => cutOffWith(stage, css)).toEqual([]));
    }
    expect(complaints).toEqual([]);
  });
}

/** What does not fit under a sheet of the reader's, and whether one has to scroll sideways. */
async function cutOffWith(page: Page, css: string) {
  const isWider = await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const use = (root: Document | ShadowRoot): void => {
      root.adoptedStyleSheets.push(sheet);
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) use(shadowRoot);
    };
    use(document);
    const { documentElement } = document;
    return documentElement.scrollWidth > documentElement.clientWidth;
  }, css);
  return [...(isWider ? ['wider than the page'] : []), ...(await cutOffIn(page))];
}

/** Gathers what the page complains about, from now on. */
function complaintsOf(page: Page) {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return complaints;
}
