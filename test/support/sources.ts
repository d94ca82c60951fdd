import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** One `import`, `export ... from`, `import()` or type import, as the compiler sees it. */
export interface Import {
  /** What is written in the source. */
  specifier: string;
  /** The file inside packages/ that is meant, or the specifier itself when it is somebody else's. */
  target: string;
  /** Gone after compilation. */
  typeOnly: boolean;
  /** Loaded only when the line is reached. */
  late: boolean;
}

/** A call, name or decorator found in the source; `inFunction` is false when it runs as the module loads. */
export interface Use {
  name: string;
  line: number;
  inFunction: boolean;
}

export interface Source {
  /** From the repository's root, with forward slashes. */
  path: string;
  /** The folder below packages/. */
  package: string;
  lines: number;
  imports: Import[];
  uses: Use[];
}

export const packageNames = readdirSync(join(root, 'packages'));

/** Every TypeScript file of every package. */
export const sources: Source[] = packageNames.flatMap((name) => filesBelow(`packages/${name}/src`).map(readSource));

export const sourceAt = new Map(sources.map((source) => [source.path, source]));

function filesBelow(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return all.filter((file) => file.endsWith('.ts')).map((file) => posix.join(folder, file.replaceAll('\\', '/')));
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const uses = findUses(program).map(({ start, ...use }) => ({ ...use, line: lineOf(start) }));
  const lines = text.trimEnd().split('\n').length;
  return { path, package: path.split('/')[1] ?? '', lines, imports: findImports(program, path), uses };
}

type Program = ReturnType<typeof parseSync>['program'];

function findImports(program: Program, from: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: unknown, kind: { typeOnly?: boolean; late?: boolean }) => {
    if (typeof specifier !== 'string') return;
    found.push({ specifier, target: resolve(specifier, from), typeOnly: false, late: false, ...kind });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, { typeOnly: node.importKind === 'type' }),
    ExportNamedDeclaration: (node) => add(node.source?.value, { typeOnly: node.exportKind === 'type' }),
    ExportAllDeclaration: (node) => add(node.source.value, { typeOnly: node.exportKind === 'type' }),
    TSImportType: (node) => add(node.source.value, { typeOnly: true }),
    ImportExpression: (node) => add(node.source.type === 'Literal' && node.source.value, { late: true }),
  }).visit(program);
  return found;
}

function resolve(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const own = /^(?:@countersign\/([^/]+)|(countersign))(?:\/(.+))?$/.exec(specifier);
  if (!own) return specifier;
  return `packages/${own[1] ?? own[2]}/src/${own[3] ?? 'index'}.ts`;
}

function findUses(program: Program) {
  const found: { name: string; start: number; inFunction: boolean }[] = [];
  let depth = 0;
  const enter = () => void (depth += 1);
  const leave = () => void (depth -= 1);
  const add = (name: string, start: number) => found.push({ name, start, inFunction: depth > 0 });
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    MemberExpression({ object, property, start }) {
      if (object.type === 'Identifier' && property.type === 'Identifier') add(`${object.name}.${property.name}`, start);
    },
    CallExpression({ callee, start }) {
      if (callee.type === 'Identifier') add(`${callee.name}()`, start);
    },
    NewExpression({ callee, arguments: given, start }) {
      if (callee.type === 'Identifier') add(`new ${callee.name}(${given.length > 0 ? '...' : ''})`, start);
    },
    Decorator({ expression, start }) {
      const call = expression.type === 'CallExpression' ? expression.callee : expression;
      if (call.type === 'Identifier') add(`@${call.name}`, start);
    },
  }).visit(program);
  return found;
}
