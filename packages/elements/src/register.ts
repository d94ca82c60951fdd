/** Defines an element. Two bundles on one page both carry the elements; the first one wins. */
export const register = (tag: string, element: CustomElementConstructor): void => {
  if (!customElements.get(tag)) customElements.define(tag, element);
};
