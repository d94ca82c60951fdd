import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceAt, sources } from '../../support/sources.ts';

/** What a page can reach of an element from outside. */
export interface Surface {
  parts: string[];
  /** By name; the default one is `''`. */
  slots: string[];
  events: string[];
  /** Custom properties, as they are written in style sheets. */
  properties: string[];
}

/** A class of an element. */
export interface ElementClass {
  name: string;
  path: string;
  /** The name of the class that it extends. */
  base: string;
  /** The comment before it. */
  doc: string;
}

const folder = 'packages/elements/src/';
const tokensPath = `${folder}styles/tokens.ts`;
const paths = sources.map(({ path }) => path).filter((path) => path.startsWith(folder));
const texts = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const textOf = (path: string): string => texts.get(path) ?? '';

const declaration = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:abstract )?class (\w+) extends (\w+)/gu;

const classes: ElementClass[] = paths.flatMap((path) =>
  [...textOf(path).matchAll(declaration)]
    .filter(([, , , base = '']) => base !== 'Event')
    .map(([, doc = '', name = '', base = '']) => ({ name, path, base, doc })),
);

/** The elements that a page can use. */
export const elements: ElementClass[] = classes.filter(({ name }) => name.startsWith('Countersign'));

/** The class and those that it is made of, itself first. */
const lineOf = (element: ElementClass): ElementClass[] => {
  const base = classes.find(({ name }) => name === element.base);
  return base ? [element, ...lineOf(base)] : [element];
};

const uniqueSorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** The files that an element is made of, without those of other elements. */
const filesOf = (element: ElementClass): string[] => {
  const own = lineOf(element).map(({ path }) => path);
  const seen = new Set<string>();
  const waiting = [...own];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const isOther = !own.includes(path) && classes.some((each) => each.path === path);
    if (seen.has(path) || isOther || !texts.has(path)) continue;
    seen.add(path);
    const imports = sourceAt.get(path)?.imports ?? [];
    waiting.push(...imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target));
  }
  return [...seen].filter((path) => path !== tokensPath);
};

/** The public name of each private token, and what its default is made of. */
const tokens = new Map(
  [...textOf(tokensPath).matchAll(/--_cs-([\w-]+): var\(\s*--countersign-([\w-]+),([^;]*);/gu)].map(
    ([, own = '', name = '', rest = '']) => [own, { name, needs: found(rest, /var\(--_cs-([\w-]+)\)/gu) }],
  ),
);

const publicNames = (token: string): string[] => {
  const known = tokens.get(token);
  return known ? [`--countersign-${known.name}`, ...known.needs.flatMap(publicNames)] : [];
};

const eventName = (eventClass: string): string[] => {
  const path = paths.find((each) => textOf(each).includes(`class ${eventClass} extends Event`));
  return path ? found(textOf(path), /super\('([\w-]+)'/gu) : [];
};

/** What is drawn: where a class draws by itself, its base does not. */
const drawnBy = (element: ElementClass): string => {
  const isOwn = textOf(element.path).includes('override render()');
  const bases = isOwn ? lineOf(element).slice(1) : [];
  const files = filesOf(element).filter((path) => bases.every((base) => base.path !== path));
  return files.map(textOf).join('\n');
};

/** What the sources of an element let a page reach. */
export const surfaceOf = (element: ElementClass): Surface => {
  const text = filesOf(element).map(textOf).join('\n');
  const drawn = drawnBy(element);
  return {
    parts: uniqueSorted(found(drawn, /\spart="([\w-]+)"/gu)),
    slots: uniqueSorted(found(drawn, /<slot(?: name="([\w-]+)")?>/gu)),
    events: uniqueSorted(found(text, /dispatchEvent\(\s*new (\w+)\(/gu).flatMap(eventName)),
    properties: uniqueSorted([
      ...found(text, /var\((--countersign-[\w-]+)/gu),
      ...found(text, /var\(--_cs-([\w-]+)\)/gu).flatMap(publicNames),
    ]),
  };
};

/** The same, as the comments on the class and on those it is made of have it. */
export const documentedSurfaceOf = (element: ElementClass): Surface => {
  const doc = lineOf(element)
    .map((each) => each.doc)
    .join('\n');
  return {
    parts: uniqueSorted(found(doc, /@csspart ([\w-]+) - \S/gu)),
    slots: uniqueSorted(found(doc, /@slot(?: ([\w-]+))? - \S/gu)),
    events: uniqueSorted(found(doc, /@fires \{\w+\} ([\w-]+) - \S/gu)),
    properties: uniqueSorted(found(doc, /@cssproperty (--[\w-]+) - \S/gu)),
  };
};

/** Every custom property that a page may set. */
export const allProperties: string[] = uniqueSorted(elements.flatMap((element) => surfaceOf(element).properties));
