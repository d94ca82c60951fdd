import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { root } from './run.mjs';

const sources = join(root, 'packages', 'elements', 'src');
const library = join(root, 'packages', 'countersign');

/** Where users find the classes: our own packages are inlined, so it is one module. */
const module = 'dist/index.js';

/**
 * Writes custom-elements.json (the schema of custom-elements-manifest, 1.0.0), from which editors and catalogues know
 * the tags, attributes, events, slots, parts and custom properties. It is made of the comments on the classes.
 */
export function writeManifest() {
  const exported = readFileSync(join(library, 'src', 'index.ts'), 'utf8');
  const declarations = analyze()
    .modules.flatMap((each) => each.declarations ?? [])
    .filter(({ kind, name }) => kind === 'class' && new RegExp(`\\b${name},`).test(exported))
    .filter(({ name }) => name.startsWith('Countersign'))
    .map(asElement);
  const exports = declarations.flatMap(({ name, tagName }) => [
    { kind: 'js', name, declaration: { name, module } },
    { kind: 'custom-element-definition', name: tagName, declaration: { name, module } },
  ]);
  const manifest = {
    schemaVersion: '1.0.0',
    readme: '',
    modules: [{ kind: 'javascript-module', path: module, declarations, exports }],
  };
  writeFileSync(join(library, 'dist', 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function analyze() {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const modules = files.toSorted().map((file) => {
    const path = join(sources, file);
    return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  });
  return create({ modules, plugins: litPlugin() });
}

/** A class as users see it: with what it inherits, and without what only its own code may touch. */
function asElement({ name, description, members = [], attributes = [], events = [], slots, cssParts, cssProperties }) {
  const ofUsers = members.filter(isOfUsers);
  const isAttribute = ({ fieldName }) => ofUsers.some((member) => member.name === fieldName);
  return {
    kind: 'class',
    name,
    description,
    customElement: true,
    tagName: name.replaceAll(/\B[A-Z]/gu, '-$&').toLowerCase(),
    superclass: { name: 'LitElement', package: 'lit' },
    attributes: attributes.filter(isAttribute).map(withoutFiles),
    members: ofUsers.map(withoutFiles),
    // Some are found in the code as well, under the name of an argument.
    events: events.filter((event) => event.name?.startsWith('countersign-')).map(withoutFiles),
    slots,
    cssParts,
    cssProperties,
  };
}

/** What is meant for users has a sentence. */
const isOfUsers = ({ description, privacy = 'public', static: isStatic }) =>
  !isStatic && privacy === 'public' && description !== undefined;

/** Where something is inherited from is a file that users do not get. */
const withoutFiles = ({ inheritedFrom: _file, ...rest }) => rest;
