import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { root } from './run.mjs';

const home = join(root, 'packages', 'countersign');
const types = join(home, 'dist', 'types');

/** The compiler names the parts lit is made of, which a strict package manager does not let a user import. */
const partsOfLit = /^(?:lit-html|lit-element|@lit\/reactive-element)(?=\/|$)/;

/**
 * Puts the declarations that `countersign` needs from the packages inlined into it beside its own, as
 * dist/types/<package>/..., and makes them point at each other, since those packages are not installed with it.
 */
export function gatherDeclarations(entries) {
  const { name, dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const installed = [name, ...Object.keys(dependencies)];
  const waiting = entries.map((entry) => `countersign/${entry}.d.ts`);
  const done = new Set();
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    waiting.push(...gather(file, installed));
  }
}

/** Writes one declaration file and names those it imports. */
function gather(file, installed) {
  const [owner, ...rest] = file.split('/');
  // Those of countersign itself have a folder of their own: the compiler, which goes on using them, resolves what they
  // import from where their sources are, and so could not follow the paths that are written here.
  const folder = owner === 'countersign' ? join('dist', '.tsc') : 'dist';
  const origin = join(root, 'packages', owner, folder, ...rest);
  let text = readFileSync(origin, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, '');
  const imported = [];
  for (const { value, start, end } of specifiersIn(file, text).reverse()) {
    const target = declarationOf(value, file);
    const library = value.replace(partsOfLit, 'lit');
    if (target) imported.push(target);
    else if (!installed.includes(libraryName(library)))
      throw new Error(`The types of countersign would need "${value}", which is not installed with it (${origin}).`);
    text = `${text.slice(0, start)}'${target ? relativeTo(file, target) : library}'${text.slice(end)}`;
  }
  mkdirSync(dirname(join(types, file)), { recursive: true });
  writeFileSync(join(types, file), text);
  return imported;
}

/** Where the declarations behind a specifier are, below dist/types; undefined for somebody else's library. */
function declarationOf(specifier, from) {
  const asDeclaration = (path) => path.replace(/\.(?:ts|js)$/, '.d.ts');
  if (specifier.startsWith('.')) return asDeclaration(posix.join(posix.dirname(from), specifier));
  const [, owner, path = 'index'] = /^@countersign\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  return owner && `${owner}/${path}.d.ts`;
}

const libraryName = (specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0];

function relativeTo(from, target) {
  const path = posix.relative(posix.dirname(from), target).replace(/\.d\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

function specifiersIn(file, text) {
  const found = [];
  const add = ({ source }) => source && found.push(source);
  const { program } = parseSync(file, text);
  new Visitor({
    ImportDeclaration: add,
    ExportNamedDeclaration: add,
    ExportAllDeclaration: add,
    TSImportType: add,
  }).visit(program);
  return found.sort((a, b) => a.start - b.start);
}
