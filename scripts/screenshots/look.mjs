import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { judge, judgeFocus } from './judge.mjs';

/** What measures in the page, as one script. */
export const pageScript = () => {
  const entry = fileURLToPath(new URL('page/index.mjs', import.meta.url));
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, write: false, format: 'iife' });
  return outputFiles[0].text;
};

/** Looks at what a page shows, and gives all that is wrong with it. `selector` names the part that is looked at. */
export async function lookAt({ page, shoot }, selector) {
  await page.evaluate(() => globalThis.countersignLook.leave());
  const measured = await page.evaluate((root) => globalThis.countersignLook.measure(root), selector);
  await page.evaluate(() => globalThis.countersignLook.hideTexts(true));
  const picture = await shoot();
  await page.evaluate(() => globalThis.countersignLook.hideTexts(false));
  return [...measured.findings, ...judge(measured, picture), ...(await lookAtFocus({ page, shoot }, selector))];
}

/** Goes from control to control, and looks at the ring of each. */
async function lookAtFocus(camera, selector) {
  const findings = [];
  for (let index = 0; ; index += 1) {
    const focused = await focusedIn(camera, [selector, index]);
    if (!focused) return findings;
    findings.push(...focused);
  }
}

/** What is wrong with the ring of one control; null where there is none of this number. */
async function focusedIn({ page, shoot }, place) {
  const focused = await page.evaluate((which) => globalThis.countersignLook.focus(...which), place);
  const clip = focused && clipAround(focused.rings, page.viewportSize());
  const picture = clip && (await shoot(clip));
  // Some fields load what they need when they get the focus, and are drawn anew: then the picture is one of before.
  const afterwards = await page.evaluate((which) => globalThis.countersignLook.rings(...which), place);
  if (JSON.stringify(afterwards) !== JSON.stringify(focused)) return focusedIn({ page, shoot }, place);
  return focused && judgeFocus(picture ? focused : { ...focused, rings: [] }, picture, { left: clip?.x, top: clip?.y });
}

/** The part of the window with the rings in it, and a little more; null where they are not to be seen. */
function clipAround(rings, { width, height }) {
  const spare = ({ width: ring, offset }) => ring + offset + 4;
  const x = Math.max(0, Math.floor(Math.min(...rings.map((ring) => ring.box.left - spare(ring)))));
  const y = Math.max(0, Math.floor(Math.min(...rings.map((ring) => ring.box.top - spare(ring)))));
  const right = Math.min(width, Math.ceil(Math.max(...rings.map((ring) => ring.box.right + spare(ring)))));
  const bottom = Math.min(height, Math.ceil(Math.max(...rings.map((ring) => ring.box.bottom + spare(ring)))));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}
