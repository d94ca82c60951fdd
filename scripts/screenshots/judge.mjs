import { contrast, over } from './colors.mjs';

/** What WCAG 2.2 asks for: of texts by level AAA (1.4.6), and of lines that carry a meaning (1.4.11). */
const least = { text: 7, largeText: 4.5, line: 3 };

const ratio = (figure, wanted) => `${figure.toFixed(2)}:1 instead of ${wanted}:1`;

const tooFaint = (what, element, { figure, wanted }) =>
  figure < wanted ? [{ what, element, figure: ratio(figure, wanted) }] : [];

/** Places behind a line of text: its upper half, where no underline is. */
const behind = ({ left, top, right, bottom }) =>
  [0.05, 0.35, 0.65, 0.95].flatMap((across) =>
    [0.25, 0.5].map((down) => [left + (right - left) * across, top + (bottom - top) * down]),
  );

/** The lowest contrast of a colour with what is behind it; the background is read from a picture without the texts. */
const lowest = (color, places, picture) =>
  Math.min(
    ...places.flatMap(([x, y]) => {
      const ground = picture.at(x, y);
      return ground ? [contrast(over(color, ground), ground)] : [];
    }),
  );

/** Three places on each side of a box, and the way out from there. */
const sidesOf = ({ left, top, right, bottom }) => {
  const along = (from, to) => [0.25, 0.5, 0.75].map((share) => from + (to - from) * share);
  return [
    { places: along(top, bottom).map((y) => [left, y]), out: [-1, 0] },
    { places: along(top, bottom).map((y) => [right, y]), out: [1, 0] },
    { places: along(left, right).map((x) => [x, top]), out: [0, -1] },
    { places: along(left, right).map((x) => [x, bottom]), out: [0, 1] },
  ];
};

/** The highest contrast between what lies from `from` to `to` pixels outside an edge, and what lies at `beyond`. */
const contrastAt = (picture, { at, out }, { from, to, beyond }) => {
  const pixel = (distance) => picture.at(at[0] + out[0] * distance, at[1] + out[1] * distance);
  const outside = pixel(beyond);
  if (!outside) return null;
  const steps = Array.from({ length: Math.round((to - from) * 2) + 1 }, (_, index) => from + index / 2);
  return Math.max(
    ...steps.flatMap((distance) => {
      const drawn = pixel(distance);
      return drawn ? [contrast(drawn, outside)] : [];
    }),
  );
};

/** A side is judged where it is seen best: something else may be near it elsewhere. At the rim of the picture it can't be. */
const contrastOfSide = (picture, { places, out }, range) => {
  const figures = places.map((at) => contrastAt(picture, { at, out }, range)).filter((figure) => figure !== null);
  return figures.length > 0 ? Math.max(...figures) : Number.POSITIVE_INFINITY;
};

const weakestSide = (box, picture, range) =>
  Math.min(...sidesOf(box).map((side) => contrastOfSide(picture, side, range)));

/** Compares what was measured in the page with the picture of it that has no texts. */
export function judge({ texts, icons, edges }, picture) {
  const { text, largeText, line } = least;
  return [
    ...texts.flatMap(({ name, color, boxes, isLarge }) =>
      tooFaint('contrast of text', name, {
        figure: lowest(color, boxes.flatMap(behind), picture),
        wanted: isLarge ? largeText : text,
      }),
    ),
    ...icons.flatMap(({ name, color, box: { left, top } }) =>
      tooFaint('contrast of icon', name, { figure: lowest(color, [[left, top]], picture), wanted: line }),
    ),
    ...edges.flatMap(({ name, box }) =>
      tooFaint('contrast of edge', name, {
        figure: weakestSide(box, picture, { from: -2, to: 1, beyond: 3 }),
        wanted: line,
      }),
    ),
  ];
}

/** Whether the focus is seen: one of the rings that are drawn stands out from what is around it, on all sides. */
export function judgeFocus({ name, rings }, picture, { left, top }) {
  const figures = rings.map(({ box, width, offset }) => {
    const moved = { left: box.left - left, top: box.top - top, right: box.right - left, bottom: box.bottom - top };
    return weakestSide(moved, picture, { from: offset, to: offset + width, beyond: offset + width + 2 });
  });
  if (figures.length === 0) return [{ what: 'no focus ring', element: name, figure: '0 px' }];
  return tooFaint('contrast of focus ring', name, { figure: Math.max(...figures), wanted: least.line });
}
