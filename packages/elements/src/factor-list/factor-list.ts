import type { HeldFactorView } from '@countersign/core/flow';
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { CountersignElement } from '../element.ts';
import { tokens } from '../styles/tokens.ts';
import type { FactorView } from '../view.ts';
import { ChooseEvent } from './choose-event.ts';
import { factorListStyles } from './factor-list.styles.ts';

/**
 * A list of factors to choose from, each with its icon, its name and what it is bound to.
 *
 * @fires {ChooseEvent} countersign-choose - One was chosen: `event.factor`.
 * @csspart choice - The button of one factor.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-tint - Ground of what is selected, or below a pointer.
 * @cssproperty --countersign-field - Background of fields.
 * @cssproperty --countersign-text - Texts.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-line - Edges of fields.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-medium - Size of what is typed and of buttons, 16px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 */
export class CountersignFactorList extends CountersignElement {
  static override readonly properties: PropertyDeclarations = {
    factors: { attribute: false },
    views: { attribute: false },
  };

  static override readonly styles = [tokens, factorListStyles];

  /** The factors, in the order in which they are shown; those without a view are left out. */
  factors: readonly HeldFactorView[] = [];

  /** How factors look; filled in by `define`. */
  views: readonly FactorView[] = [];

  #renderChoice(factor: HeldFactorView): TemplateResult[] {
    const view = this.views.find(({ client }) => client.type === factor.type);
    if (!view) return [];
    const target = factor.target && (view.targetText?.(factor.target) ?? factor.target);
    return [
      html`<li>
        <button type="button" part="choice" @click=${() => this.dispatchEvent(new ChooseEvent(factor))}>
          <svg viewBox="0 0 20 20" aria-hidden="true"><path d=${view.icon} /></svg>
          <span class="words"><span>${factor.name ?? view.name()}</span> <bdi>${target}</bdi></span>
        </button>
      </li>`,
    ];
  }

  protected override render(): TemplateResult {
    return html`<ul role="list">
      ${this.factors.flatMap((factor) => this.#renderChoice(factor))}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-factor-list': CountersignFactorList;
  }
}
