import type { CSSResult } from 'lit';

/**
 * Adopts a sheet into the document or shadow root that a node stands in, once. This is how an element styles its
 * light-DOM children under a strict CSP: a constructed sheet needs neither a nonce nor a `<style>` element, and it
 * comes after the page's own sheets in the cascade.
 */
export const adoptStyles = (node: Node, styles: CSSResult): void => {
  const root = node.getRootNode() as Document | ShadowRoot;
  const sheet = styles.styleSheet;
  if (sheet && root.adoptedStyleSheets?.includes(sheet) === false) root.adoptedStyleSheets.push(sheet);
};
