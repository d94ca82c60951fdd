import { expect, test, type Page } from '@playwright/test';
import { openStory, storiesOf } from '../scripts/screenshots/stories.mjs';
import { cutOffIn } from './support/cut-off.ts';
import { axe } from './support/harbor.ts';
import { type Look, violationsIn } from './support/looks.ts';

/** The dark, forced colours, and what readers change about texts are looked at by `stories.long.ts`. */
const looks: readonly Look[] = [
  { name: 'light', dir: 'ltr', theme: 'light' },
  { name: 'right to left', dir: 'rtl', theme: 'light' },
];

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
    // What follows the window needs a frame or two.
    await test.step('320 px wide', () => expect.poll(() => cutOffIn(stage)).toEqual([]));
    expect(complaints).toEqual([]);
  });
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
