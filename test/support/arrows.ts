import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, type Import, type Source } from './sources.ts';

/**
 * Which part of the tree may import which. A part is a package, or a half of one where the halves run in different
 * places; `countersign` and `demo` aside, whoever is not listed under a part is out of its reach.
 */
const arrows: Record<string, readonly string[]> = {
  core: [],
  connectors: ['core'],
  client: ['core'],
  elements: ['core', 'client'],
  'factors/contract': ['core'],
  'factors/server': ['core', 'factors/contract'],
  'factors/client': ['core', 'client', 'factors/contract'],
  'factors/messages': ['core', 'elements', 'factors/contract'],
  'factors/view': ['core', 'elements', 'factors/contract', 'factors/client', 'factors/messages'],
  server: ['core'],
  'server/node': ['core', 'connectors', 'factors/server', 'server'],
  'server/testing': ['core', 'connectors', 'factors/server', 'server'],
  countersign: ['core', 'client', 'elements', 'factors/contract', 'factors/client', 'factors/messages', 'factors/view'],
};

const browserParts = ['client', 'elements', 'factors/client', 'factors/messages', 'factors/view', 'countersign'];

/** The parts that must also run where there is no Node. */
const neutralParts = [...Object.keys(arrows).filter((part) => part !== 'server/node'), 'demo/page'];

/** The part a file belongs to; in a factor's folder the first word of the file's name says which half it is. */
export function partOf(path: string): string {
  const [, name = '', , ...rest] = path.split('/');
  if (name === 'factors') return `factors/${/^\w+/.exec(rest[1] ?? rest[0] ?? '')?.[0]}`;
  const half = /^\w+/.exec(rest[0] ?? '')?.[0];
  if (name === 'server' && (half === 'node' || half === 'testing')) return `server/${half}`;
  return name === 'demo' ? `demo/${half}` : name;
}

export const factorOf = (path: string) => (path.startsWith('packages/factors/') ? path.split('/')[3] : undefined);

export const isBrowserCode = ({ path }: Source) => [...browserParts, 'demo/page'].includes(partOf(path));

export const isNeutralCode = ({ path }: Source) => neutralParts.includes(partOf(path));

export const isKnownPart = (path: string) => partOf(path) in arrows || partOf(path).startsWith('demo/');

/** Says whether the arrow from the file to what it imports exists. */
export function mayImport({ path }: Source, { target }: Import): boolean {
  if (!target.startsWith('packages/')) return true;
  const [from, to] = [partOf(path), partOf(target)];
  if (from === 'demo/page') return to === from || [...browserParts, 'core', 'factors/contract'].includes(to);
  if (from.startsWith('demo/')) return true;
  return from === to || (arrows[from] ?? []).includes(to);
}

export const exists = (path: string) => existsSync(join(root, path));
