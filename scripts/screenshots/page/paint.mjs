import { withAround } from './tree.mjs';

const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const known = new Map();

/** A colour of a style sheet, in whatever notation, as red, green, blue (0 to 255) and alpha (0 to 1). */
export const rgba = (color) => {
  if (!known.has(color)) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    known.set(color, [red, green, blue, alpha / 255]);
  }
  return known.get(color);
};

/** The same, for a colour of an element that may be see-through as a whole. */
export const shown = (color, element) => {
  const [red, green, blue, alpha] = rgba(color);
  return withAround(element).reduce(
    ([r, g, b, a], each) => [r, g, b, a * Number(getComputedStyle(each).opacity)],
    [red, green, blue, alpha],
  );
};

const isPainted = (color) => rgba(color)[3] > 0;

/** Whether something is drawn where the element begins: a border, or a ground of its own. */
export const hasEdge = (element) => {
  const style = getComputedStyle(element);
  const isTick = ['checkbox', 'radio'].includes(element.type) && style.appearance !== 'none';
  const hasBorder = style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0;
  return isTick || isPainted(style.backgroundColor) || (hasBorder && isPainted(style.borderTopColor));
};

/** A box on the page, whatever is scrolled. */
export const onPage = ({ left, top, right, bottom }) => ({
  left: left + scrollX,
  top: top + scrollY,
  right: right + scrollX,
  bottom: bottom + scrollY,
});
