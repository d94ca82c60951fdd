import type { Preview } from '@storybook/web-components-vite';
import calm from 'countersign/themes/calm.css?raw';
import compact from 'countersign/themes/compact.css?raw';
import contrast from 'countersign/themes/contrast.css?raw';
import { html } from 'lit';

const choice = (title: string, items: readonly string[]) => ({
  description: title,
  toolbar: { title, items: [...items], dynamicTitle: true },
});

/** The themes that come with the package; without one the elements look as they do by themselves. */
const looks: Readonly<Record<string, string>> = { none: '', calm, compact, contrast };

const lookSheet = new CSSStyleSheet();
/** The page's own controls: as browsers draw them in the dark, their texts have less than 7:1. */
const pageSheet = new CSSStyleSheet();
pageSheet.replaceSync('[data-of-page] { border: 1px solid; background: Canvas; color: CanvasText }');
document.adoptedStyleSheets.push(lookSheet, pageSheet);

const unseen = 'position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%)';

const preview: Preview = {
  tags: ['autodocs'],
  parameters: { a11y: { test: 'error' }, controls: { expanded: true } },
  globalTypes: {
    theme: choice('Theme', ['light', 'dark']),
    look: choice('Look', Object.keys(looks)),
    direction: choice('Direction', ['ltr', 'rtl']),
  },
  initialGlobals: { theme: 'light', look: 'none', direction: 'ltr' },
  decorators: [
    (story, { globals }) => {
      const { documentElement, body } = document;
      lookSheet.replaceSync(looks[String(globals['look'])] ?? '');
      documentElement.style.colorScheme = String(globals['theme']);
      // Named, because a check of contrast takes a page that names no colours for a white one.
      body.style.background = 'Canvas';
      body.style.color = 'CanvasText';
      documentElement.dir = String(globals['direction']);
      return story();
    },
    // A story by itself is a page, and a page has one main part and one first heading.
    (story, { viewMode, title, name }) =>
      viewMode === 'story'
        ? html`<main>
            <h1 style=${unseen}>${title}: ${name}</h1>
            ${story()}
          </main>`
        : html`${story()}`,
  ],
};

export default preview;
