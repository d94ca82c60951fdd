const gap = 4;
const comfortable = 240;
const tallest = 360;

/**
 * Puts a popover at the lower edge of a control, or at the upper one where there is more room. It scrolls with the page.
 * Widths and offsets are set as properties, which a strict CSP allows.
 */
export const placeBelow = (popover: HTMLElement, control: Element): void => {
  const box = control.getBoundingClientRect();
  const viewport = window.visualViewport?.height ?? window.innerHeight;
  const below = viewport - box.bottom - 2 * gap;
  const isBelow = below >= comfortable || below >= box.top;
  const room = Math.max(isBelow ? below : box.top - 2 * gap, comfortable / 2);
  const height = Math.min(room, tallest);
  Object.assign(popover.style, {
    left: `${box.left + window.scrollX}px`,
    top: `${window.scrollY + (isBelow ? box.bottom + gap : box.top - gap)}px`,
    translate: isBelow ? '' : '0 -100%',
    width: `${box.width}px`,
    maxHeight: `${height}px`,
  });
};
