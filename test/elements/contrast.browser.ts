import { expect } from 'chai';
import { html } from 'lit';
import { contrast, over } from '../../scripts/screenshots/colors.mjs';
import { find, show } from './support/page.ts';

type Color = [red: number, green: number, blue: number, alpha: number];

const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** A colour as it is drawn, whatever it is written in. */
const drawn = (color: string): Color => {
  if (!pen) throw new Error('nothing can be drawn here');
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
};

/** What is written in which colour on which: every pair that the sheets make. */
const texts = ['text', 'muted', 'accent', 'danger'].flatMap((front) =>
  ['surface', 'field'].map((behind) => [front, behind] as const),
);
const pairs = [
  ...texts,
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['text', 'tint'],
  ['muted', 'tint'],
] as const;

/** A colour of the look, as the browser makes it out. */
const token = (frame: HTMLElement, name: string): Color => {
  const probe = document.createElement('i');
  probe.style.color = `var(--_cs-${name})`;
  frame.append(probe);
  const color = drawn(getComputedStyle(probe).color);
  probe.remove();
  return color;
};

const tooFaint = async (theme: string, hue: number): Promise<string[]> => {
  await show(
    html`<countersign-code-field style="color-scheme: ${theme}; --countersign-hue: ${hue}"></countersign-code-field>`,
  );
  const frame = find('countersign-code-field').shadowRoot?.querySelector<HTMLElement>('.frame');
  if (!frame) throw new Error('the field is not drawn');
  // As in a flow element, whose texts are of this colour.
  frame.style.color = 'var(--_cs-text)';
  return pairs.flatMap(([front, behind]) => {
    const ground = token(frame, behind);
    const figure = contrast(over(token(frame, front), ground), ground);
    return figure < 7 ? [`${theme}, hue ${hue}: ${front} on ${behind} ${figure.toFixed(2)}`] : [];
  });
};

describe('the look', () => {
  for (const theme of ['light', 'dark']) {
    it(`keeps 7:1 for every text, whatever the hue of the accent: ${theme}`, async () => {
      const found: string[] = [];
      for (let hue = 0; hue < 360; hue += 10) found.push(...(await tooFaint(theme, hue)));
      expect(found).to.deep.equal([]);
    });
  }
});
