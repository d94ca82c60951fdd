import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';

interface StoryEntry {
  id: string;
  title: string;
  name: string;
  type: 'story' | 'docs';
}

const index = new URL('../storybook-static/index.json', import.meta.url);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const stories = existsSync(index) ? storiesIn(readFileSync(index, 'utf8')) : [];

function storiesIn(json: string) {
  const { entries } = JSON.parse(json) as { entries: Record<string, StoryEntry> };
  return Object.values(entries).filter(({ type }) => type === 'story');
}

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

for (const { id, title, name } of stories) {
  storyTest(`${title}: ${name}`, async ({ stage, complaints }, { config }) => {
    // The accessibility panel checks each story too; here that is done below, in every look.
    await stage.goto(`${config.metadata['storybook']}/iframe.html?viewMode=story&id=${id}&globals=a11y.manual:!true`);
    expect(await outcomeOf(stage)).toEqual({ status: 'success', errors: [] });
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

/** Waits until the story is rendered and its play function is through. */
async function outcomeOf(page: Page) {
  const outcome = await page.waitForFunction(() => {
    type Channel = { last(event: string): [{ status?: string; message?: string; title?: string }] | undefined };
    const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as { __STORYBOOK_ADDONS_CHANNEL__?: Channel };
    const failures = ['playFunctionThrewException', 'storyThrewException', 'storyErrored', 'storyMissing'];
    const errors = failures.flatMap((event) => channel?.last(event) ?? []);
    const finished = channel?.last('storyFinished')?.[0];
    if (!finished && errors.length === 0) return undefined;
    return { status: finished?.status, errors: errors.map((error) => error.message ?? error.title ?? String(error)) };
  });
  return outcome.jsonValue();
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
