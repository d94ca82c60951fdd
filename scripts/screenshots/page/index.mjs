import { clippingIn } from './clipping.mjs';
import { controlsIn, countersIn, edgedIn, iconsIn, textsIn } from './drawn.mjs';
import { overlapsIn } from './overlap.mjs';
import { hasEdge, onPage } from './paint.mjs';
import { drawnIn, isDisabled, nameOf } from './tree.mjs';

/* What the browser is asked while a story is looked at; a script of one file in the page. */

const plain = ({ name, color, boxes, isLarge }) => ({ name, color, boxes, isLarge });

/** Without the focus, whose ring is looked at by itself. */
const leave = () => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  focused?.blur();
};

/** What is wrong already, and what has to be compared with the picture. */
const measure = (root) => ({
  findings: [...overlapsIn(root), ...clippingIn(root)],
  texts: [...textsIn(root).filter((text) => !text.isDisabled), ...countersIn(root)].map(plain),
  icons: iconsIn(root),
  edges: edgedIn(root)
    .filter((element) => hasEdge(element) && !isDisabled(element))
    .map((element) => ({ name: nameOf(element), box: onPage(element.getBoundingClientRect()) })),
});

/** Texts leave the picture, so that what is behind them can be seen. */
const hideTexts = (isHidden) => {
  document.documentElement.style.webkitTextFillColor = isHidden ? 'transparent' : '';
};

const outlineOf = (element) => {
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
  // The browser's own ring is another one in each browser, and not what was designed.
  const width = ['none', 'auto'].includes(outlineStyle) ? 0 : parseFloat(outlineWidth);
  return { width, offset: parseFloat(outlineOffset), box: { ...element.getBoundingClientRect().toJSON() } };
};

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const controlAt = (root, index) => controlsIn(root).filter((element) => !isDisabled(element))[index];

/** The rings that are drawn now, and the name of the control that they are for; null where there is none of this number. */
const rings = (root, index) => {
  const control = controlAt(root, index);
  if (!control) return null;
  const elements = [...drawnIn(root)].filter((node) => node instanceof Element);
  return { name: nameOf(control), rings: elements.map(outlineOf).filter(({ width }) => width >= 1) };
};

/** Puts the focus on a control, by its number. */
const focus = async (root, index) => {
  controlAt(root, index)?.focus({ focusVisible: true });
  // One for the element to draw itself, one for the browser to do so.
  await frame();
  await frame();
  return rings(root, index);
};

const rootOf = (selector) => document.querySelector(selector) ?? document.body;

globalThis.countersignLook = {
  leave,
  hideTexts,
  measure: (selector) => measure(rootOf(selector)),
  focus: (selector, index) => focus(rootOf(selector), index),
  rings: (selector, index) => rings(rootOf(selector), index),
};
