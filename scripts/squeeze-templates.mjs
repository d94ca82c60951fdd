import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MagicString from 'magic-string';
import { parseSync, Visitor } from 'vite';
import { root } from './run.mjs';

/**
 * A plugin that takes comments and indentation out of Lit's templates, which no minifier may look into. A translated
 * template (`msg(html`…`)`) is found by its text and would have to be left alone; there is none, and a build with one fails.
 */
export const squeezeTemplates = {
  name: 'squeeze-templates',
  enforce: 'pre',
  transform(code, id) {
    if (!/packages\/.*\.ts$/.test(id) || !/(?:css|html)`/.test(code)) return undefined;
    if (/msg\(\s*html`/.test(code)) throw new Error(`${id} translates a template, which squeezing would change.`);
    const changed = new MagicString(code);
    new Visitor({
      TaggedTemplateExpression({ tag, quasi }) {
        const squeeze = squeezers[tag.name];
        if (!squeeze) return;
        for (const { value, start } of quasi.quasis) {
          // The part begins before its text, with a backtick or the end of a `${...}`.
          const from = code.indexOf(value.raw, start);
          if (value.raw) changed.overwrite(from, from + value.raw.length, squeeze(value.raw));
        }
      },
    }).visit(parseSync(id, code).program);
    return { code: changed.toString(), map: changed.generateMap({ hires: 'boundary' }) };
  },
};

/** How each kind of template is squeezed; in HTML a line break is worth a space, but for one before the end of a tag. */
const squeezers = { css: squeezeCss, html: (text) => text.replace(/\s*\n\s*/g, ' ').replace(/ >/g, '>') };

/** The private custom properties, all of which the sheet of tokens sets, each with the name of two letters that it gets. */
const shortNames = new Map(
  [...new Set(readFileSync(join(root, 'packages/elements/src/styles/tokens.ts'), 'utf8').match(/--_cs-[a-z-]+/g))].map(
    (name, index) => [name, `--_${index.toString(36)}`],
  ),
);

function squeezeCss(text) {
  const withoutComments = text.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ');
  // Before a colon a space can mean "any descendant", so only those after one go.
  return withoutComments
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,(]) /g, '$1')
    .replace(/;\}| \)| !/g, (end) => end.slice(1))
    .replace(/(?<=[\s(,:])0(?=\.\d)/g, '')
    .replace(/ > /g, '>')
    .replace(/--_cs-[a-z-]+/g, shortNameOf);
}

function shortNameOf(name) {
  const short = shortNames.get(name);
  if (!short) throw new Error(`${name} is read but not set among the tokens.`);
  return short;
}
