import { adoptStyles, LitElement } from 'lit';
import { updateWhenLocaleChanges } from './localize.ts';

/** What all elements have in common: they follow the language of the page, and take over what a server drew of them. */
export class CountersignElement extends LitElement {
  /**
   * What a server drew is drawn anew: whatever a person may have touched stands in the light DOM. So no page needs a
   * module that hydrates, the server need not know what the browser knows, and the sheets are adopted in any case.
   */
  protected override createRenderRoot(): ShadowRoot {
    // A root that came with the page is emptied by this.
    const root = this.attachShadow({ mode: 'open' });
    updateWhenLocaleChanges(this);
    adoptStyles(root, (this.constructor as typeof LitElement).elementStyles);
    return root;
  }
}
