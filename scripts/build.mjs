import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { gatherDeclarations } from './declarations.mjs';
import { writeIntegrity } from './integrity.mjs';
import { writeManifest } from './manifest.mjs';
import { must, root, tool } from './run.mjs';
import { squeezeTemplates } from './squeeze-templates.mjs';

const packages = join(root, 'packages');
const library = join(packages, 'countersign');
const demo = join(packages, 'demo');
const configFile = join(root, 'vite.config.ts');
const entries = ['index', 'verify', 'headless', 'account', 'bot-check'];

/**
 * What is loaded together lies in one chunk, with all that it imports: left to itself the bundler makes one for each way
 * in which modules are shared, and many small chunks compress badly.
 */
const chunks = [
  { name: 'headless', test: /countersign[\\/]src[\\/]headless/, priority: 2 },
  { name: 'verify', test: /countersign[\\/]src[\\/]verify/, priority: 1 },
  { name: 'bot-check-answer', test: /solve-bot-check/ },
  { name: 'bot-check-fetch', test: /client[\\/]src[\\/]bot-check/ },
  { name: 'fields', test: /(?:(?:text|phone|password)-field|address-sentences)\.ts$/ },
];

/**
 * What loading a module does besides giving what it exports. `@lit/localize` fills a table and settles a promise for who
 * configures it; where nobody does, both would be carried along.
 */
const moduleSideEffects = [{ test: /@lit[\\/]localize/, sideEffects: false }];

// A file whose source is gone must not stay behind in what is published.
for (const name of readdirSync(packages)) rmSync(join(packages, name, 'dist'), { recursive: true, force: true });
await must('The compiler', tool('tsc', ['-b']));
await buildLibrary();
await buildForCdn();
writeIntegrity(join(library, 'dist', 'cdn'));
gatherDeclarations(entries);
writeManifest();
await buildDemo();

/** What npm users get: our own packages inlined, libraries left to the user's bundler, late imports in own chunks. */
function buildLibrary() {
  const { dependencies } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));
  return buildElements({
    lib: { entry: Object.fromEntries(entries.map((name) => [name, sourceOf(name)])), formats: ['es'] },
    rolldownOptions: {
      external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
      output: { minify: true, chunkFileNames: 'chunks/[name]-[hash].js', codeSplitting: { groups: chunks } },
    },
  });
}

/** What a page without a bundler gets: everything in one file, but for what is loaded late. */
function buildForCdn() {
  return buildElements({
    outDir: 'dist/cdn',
    lib: { entry: sourceOf('index'), formats: ['es'], fileName: () => 'countersign.min.js' },
    rolldownOptions: { output: { minify: true, chunkFileNames: 'chunks/[name]-[hash].js' } },
  });
}

function sourceOf(entry) {
  return join(library, 'src', `${entry}.ts`);
}

function buildElements(settings) {
  return build({
    configFile,
    root: library,
    logLevel: 'warn',
    plugins: [squeezeTemplates],
    build: {
      emptyOutDir: false,
      sourcemap: true,
      reportCompressedSize: false,
      ...settings,
      rolldownOptions: { treeshake: { moduleSideEffects }, ...settings.rolldownOptions },
    },
  });
}

/** The demo uses the built package, so that what is tried in it is what users get. */
async function buildDemo() {
  const pages = readdirSync(demo).filter((name) => name.endsWith('.html'));
  if (!pages.includes('index.html')) throw new Error('The demo has no packages/demo/index.html.');
  await build({
    configFile: false,
    tsconfig: join(root, 'tsconfig.json'),
    root: demo,
    logLevel: 'warn',
    build: {
      outDir: 'dist/page',
      target: 'es2022',
      reportCompressedSize: false,
      rolldownOptions: { input: pages.map((name) => join(demo, name)) },
    },
  });
}
