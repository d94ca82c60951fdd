import { controlsIn, isInvisible, textsIn } from './drawn.mjs';
import { hasEdge, onPage } from './paint.mjs';
import { around, nameOf, withAround } from './tree.mjs';

/** How far a box sticks out of another, to the sides and up and down. */
const beyond = (box, { left, right, top, bottom }) => ({
  x: Math.max(left - box.left, box.right - right),
  y: Math.max(top - box.top, box.bottom - bottom),
});

const found = (what, element, pixels) => (pixels > 1 ? [{ what, element, figure: `${pixels.toFixed(1)} px` }] : []);

/** What an element that hides its overflow takes away of a box; what can be scrolled to is not lost. */
const hidden = ({ holders, name, box }) => {
  const lost = { x: 0, y: 0 };
  const reached = { x: false, y: false };
  for (const each of holders) {
    const style = getComputedStyle(each);
    const out = beyond(box, onPage(each.getBoundingClientRect()));
    for (const [axis, overflow] of [
      ['x', style.overflowX],
      ['y', style.overflowY],
    ]) {
      if (/auto|scroll/u.test(overflow)) reached[axis] = true;
      else if (overflow !== 'visible' && !reached[axis]) lost[axis] = Math.max(lost[axis], out[axis]);
    }
  }
  return found('cut off', name, Math.max(lost.x, lost.y));
};

/** A text is to stay inside the box that is drawn around it. */
const outsideItsBox = ({ element, name, box }) => {
  const frame = withAround(element).find((each) => hasEdge(each) && getComputedStyle(each).display !== 'inline');
  if (!frame || frame === document.body || frame === document.documentElement) return [];
  const { x, y } = beyond(box, onPage(frame.getBoundingClientRect()));
  return found(`outside of ${nameOf(frame, '')}`, name, Math.max(x, y));
};

const outsideThePage = ({ name, box }) =>
  found('outside the page', name, Math.max(-box.left, box.right - document.documentElement.clientWidth));

/** What was typed and can't be read as a whole; of a hidden password there is nothing to read. */
const cutInput = (input) =>
  isInvisible(input) || input.type === 'password'
    ? []
    : found('longer than its field', nameOf(input, input.value), input.scrollWidth - input.clientWidth);

/** Texts and controls of which a part can't be seen, and a page that is wider than its window. */
export const clippingIn = (root) => {
  const texts = textsIn(root).flatMap(({ element, name, boxes }) =>
    boxes.map((box) => ({ element, holders: withAround(element), name, box })),
  );
  const controls = controlsIn(root).filter((element) => !isInvisible(element));
  const boxes = controls.map((element) => ({
    holders: [...around(element)],
    name: nameOf(element),
    box: onPage(element.getBoundingClientRect()),
  }));
  const { scrollWidth, clientWidth } = document.documentElement;
  return [
    ...found('wider than the window', 'the page', scrollWidth - clientWidth),
    ...texts.flatMap((text) => [...hidden(text), ...outsideItsBox(text), ...outsideThePage(text)]),
    ...boxes.flatMap((box) => [...hidden(box), ...outsideThePage(box)]),
    ...controls.filter((element) => element.matches('input')).flatMap(cutInput),
  ];
};
