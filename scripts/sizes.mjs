import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './run.mjs';

const dist = join(root, 'packages', 'countersign', 'dist');

/** What a user may be made to download or install: bytes after gzip -9, and packages. */
export const budgets = {
  'countersign/headless': 7_500,
  'countersign/account': 7_000,
  'countersign/verify': 24_000,
  countersign: 32_000,
  phone: 36_000,
  qr: 4_000,
  packages: 12,
};

const files = {
  'countersign/headless': 'headless.js',
  'countersign/account': 'account.js',
  'countersign/verify': 'verify.js',
  countersign: 'index.js',
};

/** Measures every entry; `late`, `phone` and `qr` are what is loaded only when something is shown. */
export async function measureEntries() {
  const names = Object.keys(files);
  return Promise.all(names.map(async (name) => ({ name, budget: budgets[name], ...(await measure(files[name])) })));
}

/** A sentence for everything that is larger than it may be. */
export async function overBudget() {
  const measured = await measureEntries();
  const sizes = measured.flatMap(({ name, bytes, budget, phone, qr }) => [
    [name, bytes, budget],
    [`the phone part of ${name}`, phone, budgets.phone],
    [`the QR part of ${name}`, qr, budgets.qr],
  ]);
  const all = [...sizes, ['packages installed', installedPackages().length, budgets.packages]];
  return all.filter(([, size, budget]) => size > budget).map(([name, size, budget]) => `${name}: ${size} > ${budget}`);
}

/** Bundles one entry as a user's bundler would, its libraries included, and weighs what must arrive before it runs. */
async function measure(file) {
  const result = await build({
    entryPoints: [join(dist, file)],
    absWorkingDir: root,
    outdir: 'bundle',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  const weights = new Map(
    result.outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]),
  );
  const weigh = (paths) => [...paths].reduce((sum, path) => sum + (weights.get(join(root, path)) ?? 0), 0);
  const { outputs } = result.metafile;
  const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint?.endsWith(`dist/${file}`));
  const now = staticClosure(outputs, entry);
  const later = Object.keys(outputs).filter((path) => !now.has(path));
  const late = lateEntries(outputs).map((path) => {
    const more = [...staticClosure(outputs, path)].filter((each) => !now.has(each));
    return { name: readableName(outputs[path].entryPoint), bytes: weigh(more) };
  });
  const qr = late.find(({ name }) => name.endsWith('qr-modules.js'))?.bytes ?? 0;
  const phone = weigh(later.filter((path) => Object.keys(outputs[path].inputs).some(isPhoneLibrary)));
  return { bytes: weigh(now), phone, qr, late: late.sort((a, b) => b.bytes - a.bytes) };
}

const isPhoneLibrary = (path) => path.includes('libphonenumber-js/');

/** Without the hash, so that two runs can be compared. */
const readableName = (path) => path.replace(/^(?:node_modules|packages)\//, '').replace(/-[\w-]{8}(?=\.js$)/, '');

/** A chunk and everything it imports, directly or not, other than late. */
function staticClosure(outputs, start, seen = new Set()) {
  if (seen.has(start)) return seen;
  seen.add(start);
  for (const { path, kind, external } of outputs[start].imports) {
    if (kind === 'import-statement' && !external) staticClosure(outputs, path, seen);
  }
  return seen;
}

function lateEntries(outputs) {
  const dynamic = Object.values(outputs).flatMap(({ imports }) =>
    imports.filter(({ kind }) => kind === 'dynamic-import'),
  );
  return [...new Set(dynamic.filter(({ external }) => !external).map(({ path }) => path))];
}

/** The packages that `npm install countersign` puts into an empty project, itself included. */
export function installedPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const name of Object.keys(packages[path].dependencies ?? {})) visit(locate(packages, path, name));
  };
  visit('packages/countersign');
  return [...found].map((path) => path.replace(/^.*(?:node_modules|packages)\//, '')).sort();
}

/** Node's way of finding a package: in the nearest node_modules going up. */
function locate(packages, from, name) {
  for (let folder = from; ; folder = folder.replace(/(?:^|\/)[^/]*$/, '')) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') throw new Error(`${name}, which ${from} needs, is not in package-lock.json.`);
  }
}
