import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { root } from './sources.ts';

interface Span {
  start: number;
  end: number;
}

interface Node extends Span {
  type: string;
}

/** What a file compares. */
export interface Comparisons {
  /** The text of each `===` and search in which a value of such a name takes part. */
  plain: string[];
  /** The text of each comparison that is not made where an earlier one has decided. */
  cutShort: string[];
}

/** The last word of what an expression names; empty where it names nothing. */
const nameOf = (node: Node): string => {
  const inner = ['name', 'property', 'expression', 'argument', 'callee'].map(
    (key) => Reflect.get(node, key) as unknown,
  );
  const found = inner.find((one) => one !== undefined);
  if (typeof found === 'string') return found;
  return typeof found === 'object' && found !== null ? nameOf(found as Node) : '';
};

const searches = ['includes', 'indexOf', 'lastIndexOf', 'startsWith', 'endsWith', 'localeCompare', 'is'];
const stopsAtFirst = ['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every'];
const compares = ['equal', 'equalDigests', 'charCodeAt'];

const isFixed = ({ type }: Node): boolean => type === 'Literal' || type === 'UnaryExpression';
const isIn = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** What the file compares, with `secret` for the names of what is to be kept from being compared plainly. */
export const comparisonsIn = (path: string, secret: RegExp): Comparisons => {
  const text = readFileSync(join(root, path), 'utf8');
  const found = { plain: [] as Span[], compared: [] as Span[], searched: [] as Span[] };
  const loops: Span[] = [];
  const ends: Span[] = [];
  const loop = (node: Span) => void loops.push(node);
  const end = (node: Span) => void ends.push(node);
  const isSecret = (node: Node): boolean => secret.test(nameOf(node));
  new Visitor({
    ForStatement: loop,
    ForOfStatement: loop,
    WhileStatement: loop,
    ReturnStatement: end,
    BreakStatement: end,
    ThrowStatement: end,
    BinaryExpression(node) {
      const { left, right, operator } = node;
      const isEquality = /^[!=]==?$/u.test(operator) && !isFixed(left) && !isFixed(right);
      if (isEquality && nameOf(right) !== 'undefined' && (isSecret(left) || isSecret(right))) found.plain.push(node);
    },
    CallExpression(node) {
      const { callee, arguments: given } = node;
      const name = nameOf(callee);
      if (compares.includes(name)) found.compared.push(node);
      if (callee.type !== 'MemberExpression') return;
      if (stopsAtFirst.includes(name)) found.searched.push(...given);
      if (searches.includes(name) && !given.every(isFixed) && [callee.object, ...given].some(isSecret))
        found.plain.push(node);
    },
  }).visit(parseSync(path, text).program);
  const cuts = [...found.searched, ...loops.filter((one) => ends.some((inner) => isIn(inner, one)))];
  const cutShort = found.compared.filter((one) => cuts.some((outer) => isIn(one, outer)));
  const shown = (spans: readonly Span[]) => spans.map((span) => `${path}: ${text.slice(span.start, span.end)}`);
  return { plain: shown(found.plain), cutShort: shown(cutShort) };
};
