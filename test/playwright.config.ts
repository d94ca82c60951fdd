import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, devices, type ReporterDescription } from '@playwright/test';
import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the demo and the built Storybook are served while the tests run. */
const { DEMO_PORT: demoPort = '3210', STORYBOOK_PORT: storybookPort = '3211' } = process.env;
// Written back, because the tests' own processes read this file, too.
const dataFolder = (process.env.DEMO_DATA ??= join(tmpdir(), `countersign-e2e-${process.pid}`));
mkdirSync(dataFolder, { recursive: true, mode: 0o700 });

/** What has to be built for it, and how it is served. */
const servers = [
  [
    'packages/demo/dist/server/main.js',
    {
      // What it prints is searched by the tests, too.
      command: 'node packages/demo/dist/server/main.js 2>&1 | tee "$DATA_DIR/printed.log" >&2',
      url: `http://localhost:${demoPort}/`,
      env: { PORT: demoPort, DATA_DIR: dataFolder },
    },
  ],
  [
    'storybook-static/index.json',
    {
      command: `node node_modules/vite/bin/vite.js preview --outDir storybook-static --port ${storybookPort} --strictPort`,
      url: `http://localhost:${storybookPort}/index.json`,
    },
  ],
] as const;

const ofElements = ['stories.e2e.ts', 'elements/*.e2e.ts'];

const totals: ReporterDescription[] = process.env.TOTALS_FILE
  ? [['json', { outputFile: process.env.TOTALS_FILE }]]
  : [];

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  // The longest that anything may take on two slow cores; what is there is there at once.
  expect: { timeout: 15_000 },
  workers: 2,
  // The demo is one, with one set of limits, so its tests take turns; those of elements need none of it, and run beside them.
  projects: [
    { name: 'demo', testIgnore: ofElements, workers: 1 },
    { name: 'elements', testMatch: ofElements, fullyParallel: true },
  ],
  forbidOnly: true,
  reporter: [['list'], ...totals],
  use: {
    ...devices['Desktop Chrome'],
    // Not 127.0.0.1: passkeys need a host name.
    baseURL: `http://localhost:${demoPort}`,
    // A trace of each would cost a quarter of the time; one that fails is played again with `--trace on`.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findBrowser(), args: chromiumArguments },
  },
  metadata: { storybook: `http://localhost:${storybookPort}`, demoData: dataFolder },
  // What is not built is not served: tests of the demo alone need no Storybook, and the other way round.
  webServer: servers
    .filter(([built]) => existsSync(join(root, built)))
    .map(([, server]) => ({ ...server, cwd: root, reuseExistingServer: false })),
});
