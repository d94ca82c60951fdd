import { controlsIn, isInvisible, textsIn } from './drawn.mjs';
import { onPage } from './paint.mjs';
import { around, nameOf, withAround } from './tree.mjs';

/** How far two boxes lie over each other, in pixels. */
const shared = (one, other) =>
  Math.min(
    Math.min(one.right, other.right) - Math.max(one.left, other.left),
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  );

/** A line of text is lower than its box, which has room for accents and tails. */
const lineOf = ({ left, top, right, bottom }) => {
  const spare = (bottom - top) * 0.15;
  return { left, top: top + spare, right, bottom: bottom - spare };
};

/** What is on a layer above the page covers it on purpose. */
const layerOf = (element) => withAround(element).find((each) => each.matches(':popover-open, dialog:modal')) ?? null;

const isWithin = (inner, outer) => [...around(inner)].includes(outer);
const areApart = (one, other) => one !== other && !isWithin(one, other) && !isWithin(other, one);

const thingsIn = (root) => [
  ...textsIn(root).flatMap(({ element, name, boxes }) => boxes.map((box) => ({ element, name, box: lineOf(box) }))),
  ...controlsIn(root)
    .filter((element) => !isInvisible(element))
    .map((element) => ({ element, name: nameOf(element), box: onPage(element.getBoundingClientRect()) })),
];

/** Texts and controls that lie over one another. */
export const overlapsIn = (root) => {
  const things = thingsIn(root);
  return things.flatMap((one, index) =>
    things
      .slice(index + 1)
      .filter(({ element }) => areApart(element, one.element) && layerOf(element) === layerOf(one.element))
      .filter(({ box }) => shared(box, one.box) > 1)
      .map((other) => ({
        what: 'overlap',
        element: `${one.name} and ${other.name}`,
        figure: `${shared(other.box, one.box).toFixed(1)} px`,
      })),
  );
};
