/*
 * npm run screenshots                  every story, light and dark, 320 and 1280 pixels wide
 * npm run screenshots -- verify        only stories whose ids contain one of the words
 *
 * The pictures go to screenshots/, with a page for each look to go through them; what is wrong is printed.
 */
import { ensureStorybook } from './built.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
await ensureStorybook();
// Imported late: what it needs may have been installed only now.
const { takeScreenshots } = await import('./screenshots/take.mjs');
const { describeFinding } = await import('./screenshots/findings.mjs');

const { stories, looks, findings } = await takeScreenshots(process.argv.slice(2));
for (const finding of findings) console.log(describeFinding(finding));
console.log(`\n${stories.length} stories in ${looks.length} looks, ${findings.length} findings`);
process.exitCode = findings.length > 0 || stories.length === 0 ? 1 : 0;
