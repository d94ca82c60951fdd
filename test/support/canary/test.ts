import { expect, test as base } from '@playwright/test';
import { dumpOf } from './dump.ts';
import { type ServerSights, watch } from './watch.ts';

/** Tests in which nothing secret may stay where it should not. */
export const test = base.extend<{
  /** What can be seen of the server besides its answers. Default: what the served demo has stored. */
  server: ServerSights;
}>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  server: async ({}, use, { config }) => use(() => dumpOf(String(config.metadata['demoData']))),
  context: async ({ context, server }, use) => {
    const watched = watch(context);
    await use(context);
    expect(await watched.finish(server), 'secrets where they should not be').toEqual([]);
  },
});
