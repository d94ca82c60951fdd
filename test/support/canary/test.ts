import { type BrowserContext, expect, test as base } from '@playwright/test';
import { sightsIn } from './sights-in.ts';
import { type ServerSights, watch } from './watch.ts';

/** Opens another browser that is watched like the first. */
export type OpenBrowser = () => Promise<BrowserContext>;

/** Tests in which nothing secret may stay where it should not. */
export const test = base.extend<{
  /** What can be seen of the server besides its answers. Default: what the served demo has printed and stored. */
  server: ServerSights;
  openBrowser: OpenBrowser;
}>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  server: async ({}, use, { config }) => use(() => sightsIn(String(config.metadata['demoData']))),
  context: async ({ context, server }, use) => {
    const watched = await watch(context);
    await use(context);
    expect(await watched.finish(server), 'secrets where they should not be').toEqual([]);
  },
  openBrowser: async ({ browser, server }, use) => {
    const opened: { context: BrowserContext; finish: () => Promise<string[]> }[] = [];
    await use(async () => {
      const context = await browser.newContext();
      const watched = await watch(context);
      opened.push({ context, finish: () => watched.finish(server) });
      return context;
    });
    for (const { context, finish } of opened) {
      expect(await finish(), 'secrets where they should not be').toEqual([]);
      await context.close();
    }
  },
});
