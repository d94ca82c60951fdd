import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

const index = join(root, 'storybook-static', 'index.json');

/** The stories of the built Storybook whose ids contain one of the words; all where there are none, none where it is not built. */
export function storiesOf(words = []) {
  if (!existsSync(index)) return [];
  const { entries } = JSON.parse(readFileSync(index, 'utf8'));
  const fits = ({ type, id }) => type === 'story' && (words.length === 0 || words.some((word) => id.includes(word)));
  return Object.values(entries).filter(fits);
}

/** Opens a story by itself; resolves when it is rendered and its play function is through, with how that went. */
export async function openStory(page, { url, id }) {
  // The accessibility panel would check it as well, which costs a second and is not looked at here.
  await page.goto(`${url}/iframe.html?viewMode=story&id=${id}&globals=a11y.manual:!true`);
  const outcome = await page.waitForFunction(() => {
    const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
    const failures = ['playFunctionThrewException', 'storyThrewException', 'storyErrored', 'storyMissing'];
    const errors = failures.flatMap((event) => channel?.last(event) ?? []);
    const finished = channel?.last('storyFinished')?.[0];
    if (!finished && errors.length === 0) return undefined;
    return { status: finished?.status, errors: errors.map((error) => error.message ?? error.title ?? String(error)) };
  });
  return outcome.jsonValue();
}
