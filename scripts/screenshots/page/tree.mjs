/*
 * The flat tree: what is drawn, with slots filled and shadow roots entered.
 */

const childrenOf = (node) => {
  if (node.shadowRoot) return node.shadowRoot.childNodes;
  const assigned = node.localName === 'slot' ? node.assignedNodes() : [];
  return assigned.length > 0 ? assigned : node.childNodes;
};

/** What stands in a story and is not ours: what is meant for reviewers, and what a page would bring itself. */
const foreign = 'aside, style, script, [data-of-page]';

/** A node and all that is drawn in it, but for what is not ours. */
export function* drawnIn(node) {
  if (node instanceof Element && node.matches(foreign)) return;
  yield node;
  for (const child of childrenOf(node)) yield* drawnIn(child);
}

const parentOf = (node) => {
  const parent = node.assignedSlot ?? node.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent;
};

/** The elements around a node, the nearest first. */
export function* around(node) {
  for (let each = parentOf(node); each instanceof Element; each = parentOf(each)) yield each;
}

/** An element and those around it. */
export const withAround = (element) => [element, ...around(element)];

/** Said to who listens only: a box of one pixel, cut off. */
const isForEarsOnly = (element) => {
  const { width, height } = element.getBoundingClientRect();
  return width <= 1 && height <= 1 && getComputedStyle(element).clipPath !== 'none';
};

export const isSeen = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
  !withAround(element).some(isForEarsOnly);

export const isDisabled = (element) => withAround(element).some((each) => each.matches(':disabled'));

/** A name by which a person finds it: the custom elements around it, its tag, its class, and what it says. */
export const nameOf = (element, text = element.textContent ?? '') => {
  const hosts = [...around(element)]
    .filter(({ localName }) => localName.includes('-'))
    .map(({ localName }) => localName);
  const own = [element.localName, ...(element.getAttribute('part') ?? element.classList[0] ?? '').split(' ', 1)];
  const said = text.replaceAll(/\s+/gu, ' ').trim().slice(0, 32);
  return `${[...hosts.reverse(), own.filter(Boolean).join('.')].join(' > ')}${said && ` “${said}”`}`;
};
