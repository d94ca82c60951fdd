import { focused } from './announcements.ts';
import { nameOf, press } from './person.ts';

/** The element or, in a field, the box that draws its ring. */
const ringOf = (element: Element): Element[] => {
  const host = element.parentElement?.shadowRoot;
  const inField = host ? [...host.querySelectorAll('.frame, .cell[data-active], .cell[data-selected]')] : [];
  return [element, ...inField];
};

/** Whether somebody sees where the focus is: on the page, and with a line around it. */
const isSeen = (element: Element): boolean => {
  const { width, height, top, bottom } = element.getBoundingClientRect();
  const isOnScreen = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  const hasRing = (each: Element): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  };
  return isOnScreen && ringOf(element).some(hasRing);
};

/** Whether one is read after the other: below it, or beside it in the direction of reading. */
const isAfter = (element: Element, other: Element): boolean => {
  const [one, two] = [element.getBoundingClientRect(), other.getBoundingClientRect()];
  const isBelow = one.top >= two.bottom - 4 || one.bottom > two.bottom + 4;
  const isBeside = Math.abs(one.top + one.bottom - two.top - two.bottom) < 24 && one.left >= two.left;
  return isBelow || isBeside;
};

/** Presses the key until the focus is on `end`; gives the stops before it. Throws where it is lost or goes round. */
const walk = async (key: 'Tab' | 'Shift+Tab', end: Element): Promise<Element[]> => {
  const stops: Element[] = [];
  for (;;) {
    await press(key);
    const element = focused();
    if (element === end) return stops;
    if (!element || element === document.body || stops.includes(element)) {
      throw new Error(`${key} after ${stops.map(nameOf).join(', ')} leads nowhere: ${nameOf(element)}`);
    }
    if (!isSeen(element)) throw new Error(`nobody sees that "${nameOf(element)}" has the focus`);
    stops.push(element);
  }
};

const gate = (): HTMLButtonElement => Object.assign(document.createElement('button'), { textContent: 'gate' });

/**
 * Goes through an element by Tab and back by Shift+Tab, and leaves the focus where it was; gives the names of the stops.
 * Throws where the focus is lost, caught or not to be seen, or does not follow the order of reading.
 */
export const tabStopsOf = async (element: HTMLElement): Promise<string[]> => {
  const began = focused();
  const [before, after] = [gate(), gate()];
  element.before(before);
  element.after(after);
  before.focus();
  const forth = await walk('Tab', after);
  forth.slice(1).forEach((stop, index) => {
    const previous = forth[index];
    if (previous && !isAfter(stop, previous)) throw new Error(`"${nameOf(stop)}" comes before "${nameOf(previous)}"`);
  });
  const back = await walk('Shift+Tab', before);
  if (back.reverse().some((stop, index) => stop !== forth[index])) throw new Error('the way back is another one');
  if (began instanceof HTMLElement) began.focus();
  before.remove();
  after.remove();
  return forth.map(nameOf);
};
