import { html, isServer, type PropertyDeclarations, type TemplateResult } from 'lit';
import { CountersignElement } from '../element.ts';
import { loadRefusals } from '../error-text.ts';
import type { FlowElementOptions } from '../flow-element/flow-element.ts';
import { flowElementStyles } from '../flow-element/flow-element.styles.ts';
import { late } from '../late.ts';
import { loading } from '../steps/states.ts';
import { lightStyles } from '../styles/light.ts';
import { tokens } from '../styles/tokens.ts';
import type { FactorView } from '../view.ts';

// Only pages about an account need it, so it is no part of what the others load.
const accountContent = late(async () => {
  const [{ accountContent: content }] = await Promise.all([import('./account-content.ts'), loadRefusals()]);
  return content;
});

/**
 * What a person holds to verify with, and everything that can be done about it; each change asks for a second factor
 * first. The shadow root holds the lists; forms are light-DOM children, so that autofill works.
 *
 * @fires {AccountChangeEvent} countersign-account-change - Something was changed; `event.account` is how it is now.
 * @slot task - The form of the change that is under way; made by the element.
 * @csspart card - The frame.
 * @csspart heading - The first heading.
 * @csspart lead - Whether 2-step verification is on.
 * @csspart factor - One held factor.
 * @csspart device - One trusted browser.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-accent-strong - The accent below a pointer.
 * @cssproperty --countersign-on-accent - Texts on the accent.
 * @cssproperty --countersign-tint - Ground of what is selected, or below a pointer.
 * @cssproperty --countersign-surface - Background of the card.
 * @cssproperty --countersign-field - Background of fields.
 * @cssproperty --countersign-text - Texts.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-line - Edges of fields.
 * @cssproperty --countersign-hairline - Lines that only divide.
 * @cssproperty --countersign-danger - What is wrong.
 * @cssproperty --countersign-success - What is done.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 * @cssproperty --countersign-radius-card - Corners of the card, 14px.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-small - Size of labels and messages, 14px.
 * @cssproperty --countersign-font-medium - Size of what is typed and of buttons, 16px.
 * @cssproperty --countersign-font-large - Size of headings and of digits, 20px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 */
export class CountersignAccount extends CountersignElement {
  static override readonly properties: PropertyDeclarations = {
    base: {},
    accountToken: { attribute: 'account-token' },
    frame: { reflect: true },
    options: { attribute: false },
  };

  static override readonly styles = [tokens, flowElementStyles, lightStyles];

  /** The views of the factors that can be shown; filled in by `define`. */
  readonly views: readonly FactorView[] = [];

  /** Where the API is. */
  base = '/api/v1';

  /** Bearer of the session, for pages of another origin than the API's; empty where the browser holds a cookie. */
  accountToken = '';

  /** `card`, or `none` to sit in a frame of the page's. */
  frame: 'card' | 'none' = 'card';

  /** Replaces the platform's fetch, clock and so on; read once, when the element is first shown. */
  options: FlowElementOptions = {};

  protected override render(): TemplateResult {
    const content = isServer ? null : accountContent(this, { redraw: () => this.requestUpdate() });
    const { heading, lead, body } = content ?? loading();
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header>
        <h2 id="heading" part="heading" tabindex="-1">${heading}</h2>
        <p part="lead">${lead}</p>
      </header>
      ${body}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-account': CountersignAccount;
  }
}
