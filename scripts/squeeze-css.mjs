import MagicString from 'magic-string';
import { parseSync, Visitor } from 'vite';

/** A plugin that takes comments and indentation out of Lit's css templates, which no minifier may look into. */
export const squeezeCss = {
  name: 'squeeze-css',
  enforce: 'pre',
  transform(code, id) {
    if (!/packages\/.*\.ts$/.test(id) || !code.includes('css`')) return undefined;
    const changed = new MagicString(code);
    new Visitor({
      TaggedTemplateExpression({ tag, quasi }) {
        if (tag.name !== 'css') return;
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

function squeeze(text) {
  const withoutComments = text.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ');
  // Before a colon a space can mean "any descendant", so only those after one go.
  return withoutComments.replace(/ ?([{};]) ?/g, '$1').replace(/([:,]) /g, '$1');
}
