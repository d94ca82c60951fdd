import { readPng } from './png.mjs';

/**
 * Takes pictures, many and fast: by Chromium's own command, without what Playwright does around each. `photograph` gives
 * the whole page as a PNG; `shoot` gives it, or the part of the window that is named, to measure in.
 */
export async function openCamera(page) {
  const session = await page.context().newCDPSession(page);
  const capture = async (clip, captureBeyondViewport) => {
    const settings = { format: 'png', optimizeForSpeed: true, captureBeyondViewport };
    const { data } = await session.send('Page.captureScreenshot', { ...settings, clip: { ...clip, scale: 1 } });
    return Buffer.from(data, 'base64');
  };
  const photograph = async (part) => {
    const { cssContentSize, cssVisualViewport } = await session.send('Page.getLayoutMetrics');
    // What is beyond the window costs a layout of the page as one window, and one more to go back.
    if (!part) return capture(cssContentSize, cssContentSize.height > cssVisualViewport.clientHeight);
    return capture({ ...part, x: part.x + cssVisualViewport.pageX, y: part.y + cssVisualViewport.pageY }, false);
  };
  return { page, photograph, shoot: async (part) => readPng(await photograph(part)) };
}
