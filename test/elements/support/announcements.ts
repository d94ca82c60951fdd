/*
 * What a page tells without being asked: live regions speak, and the focus moves. A region speaks when its text changes
 * while it is there; one that comes with its text is heard by few screen readers, and counts as silent here.
 */

/** One thing that was told. */
export type Told = { what: 'said' | 'option'; text: string } | { what: 'focus'; element: Element };

const regions = '[role=status], [role=alert], [role=log], [aria-live]';

/** The element that has the focus, in whichever shadow root. */
export const focused = (root: DocumentOrShadowRoot = document): Element | null => {
  const { activeElement } = root;
  return activeElement?.shadowRoot?.activeElement ? focused(activeElement.shadowRoot) : activeElement;
};

/** The parts of a region that are said each by itself; a status is said as a whole. */
const partsOf = (region: Element): string[] => {
  const { children, textContent, role } = region;
  const parts = role || children.length === 0 ? [textContent] : [...children].map((child) => child.textContent);
  return parts.map((text) => text?.replaceAll(/\s+/gu, ' ').trim() ?? '');
};

const isSilent = (region: Element): boolean =>
  region.getAttribute('aria-live') === 'off' || !region.checkVisibility({ visibilityProperty: true });

/** Begins to listen, in shadow roots that come later too; `stop` ends it. */
export const listen = (): { told: Told[]; stop: () => void } => {
  const told: Told[] = [];
  const known = new WeakMap<Element, string[]>();
  const roots: (Document | ShadowRoot)[] = [];
  let last: EventTarget | undefined;

  const hear = (region: Element): void => {
    const parts = partsOf(region);
    const before = known.get(region);
    known.set(region, parts);
    if (!before || isSilent(region)) return;
    for (const text of parts.filter((part) => part && !before.includes(part))) told.push({ what: 'said', text });
  };
  const hearAll = (): void => roots.forEach((root) => root.querySelectorAll(regions).forEach(hear));
  const follow = (event: Event): void => {
    const [element] = event.composedPath();
    // One event comes through each root on its way, and another when the window has been away.
    if (element instanceof Element && element !== last) told.push({ what: 'focus', element });
    last = element;
  };

  const hearOptions = (changes: readonly MutationRecord[]): void => {
    for (const { target, attributeName } of changes) {
      if (attributeName !== 'aria-activedescendant' || !(target instanceof HTMLElement)) continue;
      const root = target.getRootNode() as ShadowRoot;
      const option = root.getElementById(target.getAttribute(attributeName) ?? '');
      const parts = [...(option?.children ?? [])].map(({ textContent }) => textContent);
      if (option) told.push({ what: 'option', text: parts.join(' ') });
    }
  };
  const observer = new MutationObserver((changes) => {
    hearOptions(changes);
    hearAll();
  });
  const watch = (root: Document | ShadowRoot): void => {
    roots.push(root);
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    root.addEventListener('focusin', follow);
  };
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };
  watch(document);
  hearAll();
  return {
    told,
    stop: () => {
      Element.prototype.attachShadow = attachShadow;
      observer.disconnect();
      roots.forEach((root) => root.removeEventListener('focusin', follow));
    },
  };
};
