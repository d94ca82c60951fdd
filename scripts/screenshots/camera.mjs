import { readPng } from './png.mjs';

/**
 * Takes pictures to measure in, many and fast: by Chromium's own command, without what Playwright does around each. `shoot`
 * gives the whole page, or the part of the window that is named.
 */
export async function openCamera(page) {
  const session = await page.context().newCDPSession(page);
  const capture = async (clip) => {
    const settings = { format: 'png', optimizeForSpeed: true, captureBeyondViewport: true };
    const { data } = await session.send('Page.captureScreenshot', { ...settings, clip: { ...clip, scale: 1 } });
    return readPng(Buffer.from(data, 'base64'));
  };
  const layout = () => session.send('Page.getLayoutMetrics');
  return {
    page,
    async shoot(part) {
      const { cssContentSize, cssVisualViewport } = await layout();
      if (!part) return capture(cssContentSize);
      // Beyond the window is measured from the top of the page.
      return capture({ ...part, x: part.x + cssVisualViewport.pageX, y: part.y + cssVisualViewport.pageY });
    },
  };
}
