import type { Page } from '@playwright/test';

/**
 * Texts of the page that stick out of it, or of a box that hides what does not fit, and whether one has to scroll sideways;
 * what no eye is to see is left out.
 */
export const cutOffIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const parentOf = (node: Node): Element | null => {
      const { parentNode } = node;
      const slot = node instanceof Element ? node.assignedSlot : null;
      const host = parentNode instanceof ShadowRoot ? parentNode.host : parentNode;
      return slot ?? (host instanceof Element ? host : null);
    };
    const hides = (element: Element): boolean => /hidden|clip/u.test(getComputedStyle(element).overflow);
    const scrolls = (element: Element): boolean => /auto|scroll/u.test(getComputedStyle(element).overflow);
    const boxesOf = (node: Node): Element[] => {
      const parent = parentOf(node);
      return !parent || scrolls(parent) ? [] : [...(hides(parent) ? [parent] : []), ...boxesOf(parent)];
    };
    const isUnseen = (boxes: readonly Element[]): boolean =>
      boxes.some((box) => box.clientWidth <= 1 || getComputedStyle(box).clipPath !== 'none');
    const textsIn = (root: Node): Text[] =>
      [...root.childNodes].flatMap((node) => {
        if (node instanceof Text) return node.data.trim() === '' ? [] : [node];
        if (!(node instanceof Element) || /^(?:script|style|option)$/u.test(node.localName)) return [];
        return [...textsIn(node), ...(node.shadowRoot ? textsIn(node.shadowRoot) : [])];
      });
    const placesOf = (text: Text): DOMRect[] => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return [...range.getClientRects()].filter(({ width }) => width > 0);
    };
    const { clientWidth, scrollWidth } = document.documentElement;
    const fits = (place: DOMRect, box: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>): boolean =>
      place.left >= box.left - 1 &&
      place.right <= box.right + 1 &&
      place.top >= box.top - 1 &&
      place.bottom <= box.bottom + 1;
    const cut = textsIn(document.body).flatMap((text) => {
      const boxes = boxesOf(text);
      if (isUnseen(boxes)) return [];
      const limits = [
        { left: 0, right: clientWidth, top: -Infinity, bottom: Infinity },
        ...boxes.map((box) => box.getBoundingClientRect()),
      ];
      const isCut = placesOf(text).some((place) => !limits.every((limit) => fits(place, limit)));
      return isCut ? [text.data.trim()] : [];
    });
    return scrollWidth > clientWidth ? ['wider than the page', ...cut] : cut;
  });

/** What readers change, one after the other: the size of texts, and their spacing as WCAG 1.4.12 has it. */
export const readersSheets: Readonly<Record<string, string>> = {
  'with text of 200 %': ':root { font-size: 200% }',
  'with wide spacing':
    ':root { font-size: 100% } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
};

/** Lays a sheet of the reader's over the page and every shadow root in it. */
export const readWith = (page: Page, css: string): Promise<void> =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const use = (root: Document | ShadowRoot): void => {
      root.adoptedStyleSheets.push(sheet);
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) use(shadowRoot);
    };
    use(document);
  }, css);
