import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { openStory, storiesOf } from '../scripts/screenshots/stories.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a story is looked at once it has come to rest. */
const looks = [
  { name: 'light', dir: 'ltr', theme: 'light' },
  { name: 'right to left', dir: 'rtl', theme: 'light' },
  { name: 'dark', dir: 'ltr', theme: 'dark' },
] as const;

// One page for all stories: a new one costs two seconds, another address in it a fifth of one.
const storyTest = test.extend<{ complaints: string[] }, { stage: Page }>({
  stage: [
    async ({ browser }, use) => {
      const stage = await browser.newPage({ reducedMotion: 'reduce' });
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

storyTest.use({ trace: 'off' });

for (const { id, title, name } of storiesOf()) {
  storyTest(`${title}: ${name}`, async ({ stage, complaints }, { config }) => {
    const url = config.metadata['storybook'];
    expect(await openStory(stage, { url, id })).toEqual({ status: 'success', errors: [] });
    for (const look of looks) {
      await test.step(look.name, async () => expect(await violationsIn(stage, look)).toEqual([]));
    }
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

/** Runs every rule of axe, and checks that nothing sticks out sideways. */
function violationsIn(page: Page, look: (typeof looks)[number]) {
  return page.evaluate(async ({ dir, theme }) => {
    type Axe = { run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> };
    const { documentElement } = document;
    documentElement.dir = dir;
    documentElement.style.colorScheme = theme;
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    const found = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`,
    );
    return documentElement.scrollWidth > documentElement.clientWidth ? [...found, 'wider than the page'] : found;
  }, look);
}
