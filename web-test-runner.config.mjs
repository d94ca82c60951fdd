import { writeFileSync } from 'node:fs';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { createServer } from 'vite';
import { accessibilityCommands } from './scripts/accessibility-commands.mjs';
import { chromiumArguments, findBrowser } from './scripts/browser.mjs';
import { filesOf } from './scripts/lanes.mjs';
import { WebKitLauncher } from './scripts/webkit.mjs';

const launchers = {
  chromium: () => chromeLauncher({ launchOptions: { executablePath: findBrowser(), args: chromiumArguments } }),
  firefox: () => {
    const launcher = chromeLauncher({ launchOptions: { browser: 'firefox', executablePath: findBrowser('firefox') } });
    return Object.assign(launcher, { name: 'Firefox' });
  },
  webkit: () => new WebKitLauncher({ driver: findBrowser('webkit'), screen: findBrowser('screen') }),
};

/** Fields are what browsers, their keyboards and their memories meddle with: these tests run in all three. */
const isOfField =
  /\/(?:backup-codes|code-field|countdown|country-picker|factor-list|phone-field|qr-code|text-field|web-otp)[^/]*\.browser\.ts$/u;

const files = process.env.TEST_FILES?.split(',') ?? filesOf('browser', []);
const filesFor = (name) => (name === 'chromium' ? files : files.filter((file) => isOfField.test(file)));
const groups = (process.env.BROWSERS?.split(',') ?? Object.keys(launchers))
  .map((name) => ({ name, files: filesFor(name) }))
  .filter((group) => group.files.length > 0)
  .map((group) => ({ ...group, browsers: [launchers[group.name]()] }));

const isLong = process.env.LONG_RUN === 'yes';

const vite = await createServer({
  appType: 'custom',
  cacheDir: 'node_modules/.cache/vite-browser-tests',
  clearScreen: false,
  logLevel: 'warn',
  envPrefix: 'LONG_',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  // The runner serves its own modules; Vite must leave their addresses alone.
  plugins: [
    {
      name: 'runner-modules',
      enforce: 'pre',
      resolveId: (id) => (id.startsWith('/__web-') ? { id, external: true } : undefined),
    },
  ],
  // A package met only while a test runs would be bundled then, and reload the page under the test: scan all first.
  optimizeDeps: {
    entries: ['test/**/*.browser.ts'],
    exclude: ['@web/test-runner-commands'],
  },
});

/** Lets Vite compile what the page asks for, and hands on only what belongs to the runner. */
async function compileWithVite(context, next) {
  if (context.path === '/' || context.path.startsWith('/__web-')) return next();
  const handled = await new Promise((resolve, reject) => {
    context.respond = false;
    context.res.statusCode = 200;
    context.res.on('close', () => resolve(true));
    vite.middlewares(context.req, context.res, (error) => (error ? reject(error) : resolve(false)));
  });
  if (handled) return;
  context.respond = true;
  context.status = 404;
  await next();
}

/** What long runs tell of themselves, each with the browser that it ran in. */
const figures = [];
const figuresCommand = {
  name: 'figures',
  executeCommand({ command, payload, session }) {
    if (command !== 'tell') return undefined;
    figures.push(`${session.browser.name}: ${payload}`);
    return true;
  },
};

/** Presses keys one after the other, some with another one held: `['Home', 'Control+KeyA']`. */
const keysCommand = {
  name: 'keys',
  async executeCommand({ command, payload, session }) {
    if (command !== 'press-keys') return undefined;
    const { keyboard } = session.browser.getPage(session.id);
    for (const stroke of payload) {
      const [key, held] = stroke.split('+').reverse();
      if (held) await keyboard.down(held);
      await keyboard.press(key || '+');
      if (held) await keyboard.up(held);
    }
    return true;
  },
};

function count({ tests = [], suites = [] } = {}) {
  const totals = { passed: 0, failed: 0 };
  for (const test of tests) if (!test.skipped) totals[test.passed ? 'passed' : 'failed'] += 1;
  for (const suite of suites) {
    const inner = count(suite);
    totals.passed += inner.passed;
    totals.failed += inner.failed;
  }
  return totals;
}

/** Sums the run into the file that TOTALS_FILE names, and writes the figures into that of FIGURES_FILE. */
const totalsReporter = {
  onTestRunFinished({ sessions }) {
    const sum = { passed: 0, failed: 0 };
    for (const session of sessions) {
      const { passed, failed } = count(session.testResults);
      sum.passed += passed;
      // A file that does not compile, or that times out, fails without a failed test.
      sum.failed += session.passed ? failed : Math.max(1, failed);
    }
    if (process.env.TOTALS_FILE) writeFileSync(process.env.TOTALS_FILE, JSON.stringify(sum));
    if (process.env.FIGURES_FILE) writeFileSync(process.env.FIGURES_FILE, JSON.stringify(figures));
  },
};

export default {
  groups,
  browsers: groups.flatMap(({ browsers }) => browsers),
  nodeResolve: false,
  middleware: [compileWithVite],
  plugins: [accessibilityCommands(), figuresCommand, keysCommand],
  // Two pages in one browser starve each other: the one in the background times out now and then.
  concurrency: 1,
  concurrentBrowsers: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: isLong ? 3600_000 : 90_000,
  testFramework: { config: { timeout: isLong ? 600_000 : 10_000 } },
  reporters: [
    summaryReporter({}),
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    totalsReporter,
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
