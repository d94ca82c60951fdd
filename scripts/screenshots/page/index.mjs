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

/** Puts the focus on a control, by its number; gives its name, and the rings that are drawn then. */
const focus = async (root, index) => {
  const control = controlsIn(root).filter((element) => !isDisabled(element))[index];
  if (!control) return null;
  control.focus({ focusVisible: true });
  // One for the element to draw itself, one for the browser to do so.
  await frame();
  await frame();
  const elements = [...drawnIn(root)].filter((node) => node instanceof Element);
  return { name: nameOf(control), rings: elements.map(outlineOf).filter(({ width }) => width >= 1) };
};

const rootOf = (selector) => document.querySelector(selector) ?? document.body;

globalThis.countersignLook = {
  leave,
  hideTexts,
  measure: (selector) => measure(rootOf(selector)),
  focus: (selector, index) => focus(rootOf(selector), index),
};
