/** Defines an element; the first definition of a tag wins, as two bundles on one page may both bring it. Browsers only. */
export const register = (tag: string, element: CustomElementConstructor): void => {
  if (typeof customElements === 'undefined' || customElements.get(tag)) return;
  customElements.define(tag, element);
};
