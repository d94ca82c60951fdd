import { onPage, rgba, shown } from './paint.mjs';
import { drawnIn, isDisabled, isSeen, nameOf, withAround } from './tree.mjs';

const controls = 'a[href], button, input, select, textarea, [tabindex="0"]';

const isTyped = (element) => element.matches('input:not([type=checkbox], [type=radio]), textarea');

/** The input of a code shows nothing itself: its digits are drawn beneath it. */
export const isInvisible = (element) =>
  isTyped(element) && rgba(getComputedStyle(element).webkitTextFillColor)[3] === 0;

const elementsIn = (root) =>
  [...drawnIn(root)].filter((node) => node instanceof Element && node.getClientRects().length > 0 && isSeen(node));

/** What can be pressed or typed into. */
export const controlsIn = (root) => elementsIn(root).filter((element) => element.matches(controls));

const sizeOf = (style) => {
  const size = parseFloat(style.fontSize);
  return { isLarge: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) };
};

const scrolls = (element) => {
  const { overflowX, overflowY } = getComputedStyle(element);
  return /auto|scroll/u.test(`${overflowX} ${overflowY}`) && !element.matches('html, body');
};

/** What is scrolled out of a list is not to be seen, and what is halfway out only half. */
const scrolled = (element, boxes) =>
  withAround(element)
    .filter(scrolls)
    .map((list) => onPage(list.getBoundingClientRect()))
    .reduce((shownBoxes, list) => shownBoxes.map((box) => within(box, list)), boxes)
    .filter(({ left, top, right, bottom }) => right > left && bottom > top);

const within = (box, list) => ({
  left: Math.max(box.left, list.left),
  top: Math.max(box.top, list.top),
  right: Math.min(box.right, list.right),
  bottom: Math.min(box.bottom, list.bottom),
});

const textOf = (element, said, allBoxes) => {
  const style = getComputedStyle(element);
  const boxes = scrolled(element, allBoxes);
  const color = shown(style.webkitTextFillColor, element);
  return { element, name: nameOf(element, said), color, boxes, isDisabled: isDisabled(element), ...sizeOf(style) };
};

const writtenText = (node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return textOf(node.parentElement, node.data, [...range.getClientRects()].map(onPage));
};

const typedText = (input) => {
  const box = onPage(input.getBoundingClientRect());
  const text = textOf(input, input.value || input.placeholder, [box]);
  if (input.value) return text;
  return { ...text, color: shown(getComputedStyle(input, '::placeholder').webkitTextFillColor, input) };
};

/** Every text that is seen: where it is, line by line, and in which colour. */
export const textsIn = (root) => {
  const written = [...drawnIn(root)].filter(
    (node) => node instanceof Text && node.data.trim() !== '' && node.parentElement && isSeen(node.parentElement),
  );
  const typed = elementsIn(root).filter((element) => isTyped(element) && (element.value || element.placeholder));
  return [...written.map(writtenText), ...typed.map(typedText)].filter(
    ({ color, boxes }) => color[3] > 0 && boxes.length > 0,
  );
};

/** What a style sheet writes before an element, such as the number of a code. */
export const countersIn = (root) =>
  elementsIn(root).flatMap((element) => {
    const style = getComputedStyle(element, '::before');
    if (!/counter|[^"]"[^"]/u.test(style.content)) return [];
    const color = shown(style.color, element);
    return [
      { name: `${nameOf(element)}::before`, color, boxes: [onPage(element.getBoundingClientRect())], ...sizeOf(style) },
    ];
  });

/** Pictures drawn with a line, and the colour of that line. */
export const iconsIn = (root) =>
  elementsIn(root)
    .filter((element) => element.matches('svg') && getComputedStyle(element).stroke !== 'none')
    .filter((svg) => !isDisabled(svg))
    .map((svg) => ({
      name: nameOf(svg, ''),
      color: shown(getComputedStyle(svg).stroke, svg),
      box: onPage(svg.getBoundingClientRect()),
    }));

/** What has an edge that shows where to type or to press. */
export const edgedIn = (root) =>
  elementsIn(root).filter((element) => element.matches(`button, input, a, select, [part~=frame], [part~=cell]`));
