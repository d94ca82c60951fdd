import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Writes one page with all pictures of a look, to go through them. */
export function writeSheet(folder, { name, theme, width }, stories) {
  const figures = stories.map(
    ({ id, title, name: story }) =>
      `<figure id="${id}"><a href="${name}/${id}.png"><img loading="lazy" src="${name}/${id}.png" alt=""></a>` +
      `<figcaption>${escaped(`${title}: ${story}`)}</figcaption></figure>`,
  );
  const page = `<!doctype html>
<meta charset="utf-8">
<title>${name}</title>
<style>
  :root { color-scheme: ${theme}; font: 13px/1.4 system-ui, sans-serif; }
  body { display: flex; flex-wrap: wrap; gap: 16px; align-items: start; margin: 16px; background: light-dark(#ddd, #333); }
  figure { margin: 0; inline-size: ${Math.min(width, 640)}px; }
  img { max-inline-size: 100%; }
</style>
${figures.join('\n')}
`;
  writeFileSync(join(folder, `${name}.html`), page);
}
