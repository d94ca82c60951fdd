import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { exists, factorOf, isBrowserCode, isKnownPart, isNeutralCode, mayImport } from './support/arrows.ts';
import { comparisonsIn } from './support/comparisons.ts';
import { packageNames, root, sourceAt, sources, type Import, type Source, type Use } from './support/sources.ts';

/** The files that may name a clock, randomness, the network or a storage of their own, each as a default. */
const defaultsAllowed: Record<string, string> = {
  'packages/client/src/bot-check.ts': 'default of the argument fetcher',
  'packages/client/src/options.ts': 'defaults of the options now, newId and storage',
  'packages/elements/src/countdown/countdown.ts': 'default of the property clock',
  'packages/server/src/create-backend.ts': 'default of the option now',
  'packages/server/src/crypto/random.ts': 'secureRandom, the default of the option random',
};

/** Comparisons of codes that are no secrets. */
const codesOfErrors = [
  'packages/factors/src/passkey/server.ts: error.code !== failed().code',
  'packages/server/src/node/load-keys.ts: error.code === code',
  'packages/server/src/settings/check.ts: acknowledged !== code',
];

/** What must be handed in instead, since a test, a worker or another platform brings its own. */
const ambient = [
  'Date.now',
  'new Date()',
  'Math.random',
  'performance.now',
  'crypto.getRandomValues',
  'crypto.randomUUID',
  'fetch()',
  'globalThis.fetch',
  'window.fetch',
  'globalThis.sessionStorage',
  'window.sessionStorage',
  'globalThis.localStorage',
  'window.localStorage',
];

const imports = sources.flatMap((source) => source.imports.map((line) => ({ source, line })));

function none(problems: string[]) {
  assert.deepEqual(problems, []);
}

const nameImport = ({ source, line }: { source: Source; line: Import }) => `${source.path} imports ${line.specifier}`;
const nameUse = (source: Source, use: Use) => `${source.path}:${use.line} ${use.name}`;

function usesWhere(fits: (use: Use, source: Source) => boolean) {
  return sources.flatMap((source) => source.uses.filter((use) => fits(use, source)).map((use) => nameUse(source, use)));
}

describe('the parts', () => {
  test('import only along the allowed arrows', () => {
    none(imports.filter(({ source, line }) => !mayImport(source, line)).map(nameImport));
  });

  test('are all known, so that no file escapes the arrows', () => {
    none(sources.map(({ path }) => path).filter((path) => !isKnownPart(path)));
  });

  test('import files that exist', () => {
    const own = imports.filter(({ line }) => line.target.startsWith('packages/'));
    none(own.filter(({ line }) => !exists(line.target)).map(nameImport));
  });

  test('keep each factor in its own folder', () => {
    const between = imports.filter(({ source, line }) => {
      const [from, to] = [factorOf(source.path), factorOf(line.target)];
      return from !== undefined && to !== undefined && from !== to;
    });
    none(between.map(nameImport));
  });

  test('never import the demo', () => {
    const intoDemo = imports.filter(({ line }) => line.target.startsWith('packages/demo/'));
    none(intoDemo.filter(({ source }) => source.package !== 'demo').map(nameImport));
  });

  test('reach each other by relative paths only inside a package', () => {
    const relative = imports.filter(({ line }) => line.specifier.startsWith('.'));
    none(relative.filter(({ source, line }) => line.target.split('/')[1] !== source.package).map(nameImport));
  });

  test('run without Node, except the parts made for it', () => {
    const builtin = imports.filter(({ line }) => line.target.startsWith('node:') || isBuiltin(line.target));
    none(builtin.filter(({ source }) => isNeutralCode(source)).map(nameImport));
  });
});

describe('browser code', () => {
  test('never loads the schemas, of which it needs only the types', () => {
    none(sources.filter(isBrowserCode).flatMap((source) => pathToValibot(source.path) ?? []));
  });

  test('looks text up when it is shown, not when a module loads', () => {
    none(usesWhere(({ name, inFunction }) => (name === 'msg()' || name === 'str()') && !inFunction));
  });

  test('registers no element by importing its class', () => {
    const registers = ({ name, inFunction }: Use) =>
      name === '@customElement' || (name === 'customElements.define' && !inFunction);
    none(usesWhere((use, { package: owner }) => !['countersign', 'demo'].includes(owner) && registers(use)));
  });
});

/** The chain of files by which a file loads valibot as soon as it is loaded itself. */
function pathToValibot(path: string, seen = new Set<string>()): string | undefined {
  if (path === 'valibot') return path;
  if (seen.has(path)) return undefined;
  seen.add(path);
  for (const { target, typeOnly } of sourceAt.get(path)?.imports ?? []) {
    const rest = typeOnly ? undefined : pathToValibot(target, seen);
    if (rest) return `${path} > ${rest}`;
  }
  return undefined;
}

describe('the sources', () => {
  test('are handed their clock, randomness, network and storage', () => {
    const isAmbient = ({ name }: Use, { path }: Source) => ambient.includes(name) && !(path in defaultsAllowed);
    none(usesWhere((use, source) => source.package !== 'demo' && isAmbient(use, source)));
  });

  test('are excused from that only where it is needed', () => {
    const needed = (path: string) => sourceAt.get(path)?.uses.some(({ name }) => ambient.includes(name));
    none(Object.keys(defaultsAllowed).filter((path) => !needed(path)));
  });

  test('A1: draw no number that a seed foretells, but in the kit for tests [CVE-2023-42820]', () => {
    none(usesWhere(({ name }) => name === 'Math.random'));
    const seeded = imports.filter(({ line }) => line.target === 'packages/server/src/testing/random.ts');
    const from = new Set(seeded.map(({ source }) => source.path));
    assert.deepEqual([...from], ['packages/server/src/testing/kit.ts']);
  });

  test('have no file of more than 250 lines', () => {
    none(sources.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines} lines`));
  });
});

describe('the packages', () => {
  test('have a source file behind each line of exports', () => {
    none(packageNames.flatMap((name) => exportedSources(name).filter((path) => !exists(path))));
  });

  test('export each of their top-level files, or none of them is meant for others', () => {
    none(sources.filter((source) => isTopLevel(source) && !isExported(source)).map(({ path }) => path));
  });

  test('declare every library they import', () => {
    const foreign = imports.filter(({ line: { target } }) => !target.startsWith('packages/') && !isBuiltin(target));
    none(
      foreign
        .filter(({ source, line }) => !librariesOf(source.package).includes(libraryName(line.target)))
        .map(nameImport),
    );
  });
});

const isTopLevel = ({ path, package: name }: Source) => name !== 'demo' && path.split('/').length === 4;

function manifest(name: string) {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
    exports?: Record<string, string | { 'countersign-source': string }>;
    [group: string]: unknown;
  };
}

/** A sheet is exported as it is, and has no source. */
function exportPatterns(name: string) {
  return Object.values(manifest(name).exports ?? {}).flatMap((line) =>
    typeof line === 'string' ? [] : [`packages/${name}/${line['countersign-source'].slice(2)}`],
  );
}

/** The files that are named one by one; a package without any file yet promises nothing. */
function exportedSources(name: string) {
  const begun = sources.some((source) => source.package === name);
  return begun ? exportPatterns(name).filter((path) => !path.includes('*')) : [];
}

function isExported({ path, package: name }: Source) {
  return exportPatterns(name).some((pattern) => pattern === path || pattern.endsWith('/*.ts'));
}

function librariesOf(name: string) {
  const { dependencies, peerDependencies, devDependencies } = manifest(name);
  return Object.keys({ ...(dependencies as object), ...(peerDependencies as object), ...(devDependencies as object) });
}

const libraryName = (specifier: string) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

test('no file names a path of the machine it was written on', (t) => {
  let files: string[];
  try {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
    files = listed.split('\n').filter((file) => file !== '' && exists(file));
  } catch {
    return t.skip('not a git checkout');
  }
  const machinePath = /(?<![\w.}-])\/(?:home|Users|root|work)\/\w/;
  const named = (text: string) => machinePath.test(text) || text.includes(root) || text.includes(`${homedir()}/`);
  none(files.filter((file) => named(readFileSync(join(root, file), 'utf8'))));
});

describe('secrets', () => {
  /** What compares, and what counts; a word of it anywhere else would be a second way to a secret. */
  const ways = /\bequalDigests\b|\bfailures\.count\b|\bhasher\.(?:verify|find)\b|\bcreateSecretHasher\b/u;
  const allowed = /^packages\/server\/src\/(?:guess|crypto|store)\/|^packages\/server\/src\/create-backend\.ts$/u;

  test('B9: are reached by one way alone', () => {
    const others = sources.filter(({ path }) => !allowed.test(path));
    none(others.filter(({ path }) => ways.test(readFileSync(join(root, path), 'utf8'))).map(({ path }) => path));
    assert.match(readFileSync(join(root, 'packages/server/src/guess/guess.ts'), 'utf8'), ways);
  });

  test('B9: guess.ts is the only file of its part that compares', () => {
    const guesses = sources.filter(({ path }) => path.startsWith('packages/server/src/guess/'));
    const compares = guesses.filter(({ path }) => ways.test(readFileSync(join(root, path), 'utf8')));
    assert.deepEqual(
      compares.map(({ path }) => path),
      ['packages/server/src/guess/guess.ts'],
    );
  });

  const judging = sources.filter(({ path }) => /^packages\/(?:server|factors|core|connectors)\//u.test(path));
  const ofSecrets =
    /(?:hash|digest|token|secret|code|password|pass|proof|signature|mac|typed|expected|actual)(?:es|s)?$/iu;

  test('A4: are compared in crypto and guess alone; a store finds its rows by hashes, as an index does', () => {
    const others = judging.filter(({ path }) => !/^packages\/server\/src\/(?:crypto|guess|store)\//u.test(path));
    const plain = others.flatMap(({ path }) => comparisonsIn(path, ofSecrets).plain);
    assert.deepEqual(plain, codesOfErrors);
  });

  test('A4: are compared to the end, each candidate, whichever it is', () => {
    none(judging.flatMap(({ path }) => comparisonsIn(path, ofSecrets).cutShort));
  });
});
