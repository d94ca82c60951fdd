import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { build } from 'esbuild';
import { budgets, installedPackages, measureEntries } from '../scripts/sizes.mjs';
import { elements, surfaceOf } from './elements/support/documented.ts';
import { root } from './support/sources.ts';

const entries = ['countersign', 'countersign/verify', 'countersign/headless', 'countersign/account'];

/** A project that has installed `countersign` from npm and nothing else. */
const project = mkdtempSync(join(tmpdir(), 'countersign-user-'));
installInto(project);
after(() => rmSync(project, { recursive: true, force: true }));

function installInto(folder: string) {
  for (const name of installedPackages()) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    if (name !== 'countersign') symlinkSync(join(root, 'node_modules', name), place);
  }
  const published = join(root, 'packages', 'countersign');
  const place = join(folder, 'node_modules', 'countersign');
  for (const part of ['package.json', 'dist', 'themes'])
    cpSync(join(published, part), join(place, part), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
}

/** Runs a module in the project; throws with its error output when it fails. */
function runInProject(code: string) {
  writeFileSync(join(project, 'run.mjs'), code);
  return execFileSync(process.execPath, ['run.mjs'], { cwd: project, encoding: 'utf8', stdio: 'pipe' });
}

describe('a project that installs countersign', () => {
  for (const entry of entries) {
    test(`imports ${entry} in Node, where there is no DOM`, () => {
      runInProject(`await import('${entry}');`);
    });
  }

  test('imports a theme', async () => {
    const contents = `@import 'countersign/themes/compact.css';`;
    const stdin = { contents, loader: 'css', resolveDir: project } as const;
    const { outputFiles } = await build({ stdin, bundle: true, write: false, logLevel: 'error' });
    assert.match(outputFiles[0]?.text ?? '', /--countersign-space: 3px/);
  });

  test('keeps the elements when its bundler drops unused code', async () => {
    const contents = `import 'countersign/verify'; console.log(!!customElements.get('countersign-verify'));`;
    const outfile = join(project, 'bundle.mjs');
    const common = { bundle: true, treeShaking: true, minify: true, format: 'esm', platform: 'node' } as const;
    await build({ ...common, stdin: { contents, resolveDir: project }, outfile, logLevel: 'error' });
    assert.equal(execFileSync(process.execPath, [outfile], { encoding: 'utf8' }).trim(), 'true');
  });

  for (const resolution of ['bundler', 'nodenext']) {
    test(`type-checks with moduleResolution ${resolution}`, () => {
      assert.deepEqual(typeErrors(resolution), []);
    });
  }

  test('K9: learns what each script of the bundle for foreign servers must hash to', () => {
    const folder = join(project, 'node_modules', 'countersign', 'dist', 'cdn');
    const { integrity } = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8')) as {
      integrity: Record<string, string>;
    };
    const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    assert.deepEqual(Object.keys(integrity).sort(), scripts.map((name) => `./${name}`).sort());
    for (const [name, expected] of Object.entries(integrity)) {
      const hash = createHash('sha384')
        .update(readFileSync(join(folder, name)))
        .digest('base64');
      assert.equal(`sha384-${hash}`, expected);
    }
  });

  test('K9: gets few packages', (t) => {
    const packages = installedPackages();
    t.diagnostic(`${packages.length} packages: ${packages.join(', ')}`);
    assert.ok(packages.length <= budgets.packages);
  });
});

test('the built server brings its command line', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages', 'server', 'package.json'), 'utf8')) as {
    version: string;
  };
  const bin = join(root, 'packages', 'server', 'bin', 'countersign.mjs');
  assert.equal(execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' }), `${version}\n`);
});

interface Named {
  name: string;
}

test('the built package tells editors of its elements, as their sources are', () => {
  const path = join(root, 'packages', 'countersign', 'dist', 'custom-elements.json');
  const { modules } = JSON.parse(readFileSync(path, 'utf8')) as {
    modules: {
      declarations: (Named & Record<'cssParts' | 'slots' | 'events' | 'cssProperties', Named[] | undefined>)[];
    }[];
  };
  const namesOf = (named: Named[] = []) => named.map(({ name }) => name).toSorted();
  const told = modules.flatMap(({ declarations }) =>
    declarations.map(({ name, cssParts, slots, events, cssProperties }) => ({
      name,
      parts: namesOf(cssParts),
      slots: namesOf(slots),
      events: namesOf(events),
      properties: namesOf(cssProperties),
    })),
  );
  const inside = ['CountersignCountryPicker', 'CountersignElement', 'CountersignFlowElement'];
  const expected = elements.filter(({ name }) => !inside.includes(name));
  assert.deepEqual(
    told,
    expected.map((element) => ({ name: element.name, ...surfaceOf(element) })),
  );
});

/** What the compiler says about our declarations and their use; those of other libraries are their authors' matter. */
function typeErrors(moduleResolution: string) {
  const imports = entries.map(
    (entry, index) => `import * as entry${index} from '${entry}';\nexport { entry${index} };`,
  );
  const tag = `export type Tag = HTMLElementTagNameMap['countersign-verify'];`;
  writeFileSync(join(project, 'user.ts'), [...imports, tag].join('\n'));
  const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
  const lib = ['es2022', 'dom', 'dom.iterable'];
  const strictness = { strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, types: [] };
  const compilerOptions = { ...strictness, module, moduleResolution, lib, target: 'es2022', noEmit: true };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['user.ts'] }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => /^(?:user\.ts|node_modules\/countersign\/)/.test(line));
  return status === 0 || lines.length > 0 ? lines : stdout.split('\n').filter((line) => line.startsWith('error'));
}

describe('what a browser downloads, after gzip', async () => {
  for (const { name, bytes, budget, phone, qr } of await measureEntries()) {
    test(`${name} stays within ${budget} bytes`, (t) => {
      t.diagnostic(`${bytes} bytes now`);
      assert.ok(bytes <= budget, `${bytes} bytes`);
    });
    test(`${name} adds at most ${budgets.phone} bytes when a phone number is typed`, (t) => {
      t.diagnostic(`${phone} bytes now`);
      assert.ok(phone <= budgets.phone, `${phone} bytes`);
    });
    test(`${name} adds at most ${budgets.qr} bytes when a QR code is drawn`, (t) => {
      t.diagnostic(`${qr} bytes now`);
      assert.ok(
        qr <= budgets.qr && qr > 0 === !['countersign/headless', 'countersign/account'].includes(name),
        `${qr} bytes`,
      );
    });
  }
});
