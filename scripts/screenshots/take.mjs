import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArguments, findBrowser } from '../browser.mjs';
import { root } from '../run.mjs';
import { openCamera } from './camera.mjs';
import { lookAt, pageScript } from './look.mjs';
import { looks } from './looks.mjs';
import { serveStorybook } from './serve.mjs';
import { writeSheet } from './sheet.mjs';
import { openStory, storiesOf } from './stories.mjs';

/** Where the pictures go; not kept. */
export const folder = join(root, 'screenshots');

/**
 * Takes a picture of each story of the built Storybook in each look, and measures what is in it. Gives the stories,
 * and a finding for everything that is wrong: `{story, look, what, element, figure}`. `words` choose stories by their ids.
 */
export async function takeScreenshots(words = []) {
  const stories = storiesOf(words);
  rmSync(folder, { recursive: true, force: true });
  for (const { name } of looks) mkdirSync(join(folder, name), { recursive: true });
  const server = await serveStorybook();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: chromiumArguments });
  const findings = [];
  try {
    const camera = await openCamera(await openPage(browser));
    for (const story of stories) findings.push(...(await takeStory(camera, { ...story, url: server.url })));
  } finally {
    await browser.close();
    await server.close();
  }
  for (const look of looks) writeSheet(folder, look, stories);
  return { stories, looks, findings };
}

async function openPage(browser) {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    sessionStorage.clear();
    localStorage.clear();
  });
  await page.addInitScript({ content: pageScript() });
  return page;
}

/** Where a story shows somebody else's page as well, only the element in it is ours. */
const partOf = (tags) => (tags.includes('in-page') ? '#storybook-root countersign-verify' : '#storybook-root');

async function takeStory(camera, { id, url, tags }) {
  const { page } = camera;
  await page.setViewportSize({ width: 1280, height: 800 });
  const { status, errors } = await openStory(page, { url, id });
  if (status !== 'success') {
    // What went wrong stands in the first line; the whole page follows.
    const element = errors.map((error) => error.split('\n', 1)[0]).join(', ');
    return [{ story: id, look: 'every look', what: 'not played to its end', element, figure: status ?? 'no status' }];
  }
  // All of them first: measuring leaves the focus elsewhere.
  for (const look of looks) {
    await put(page, look);
    writeFileSync(join(folder, look.name, `${id}.png`), await camera.photograph());
  }
  const findings = [];
  for (const look of looks) {
    await put(page, look);
    const found = await lookAt(camera, partOf(tags));
    findings.push(...found.map((finding) => ({ story: id, look: look.name, ...finding })));
  }
  return findings;
}

/** The page hears of its new size in its next frame, and what follows the size is put right there. */
async function put(page, { theme, width, height }) {
  await page.setViewportSize({ width, height });
  await page.evaluate((scheme) => {
    document.documentElement.style.colorScheme = scheme;
    return new Promise(requestAnimationFrame);
  }, theme);
}
