import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { CountersignElement } from '../element.ts';
import { msg } from '../localize.ts';
import { tokens } from '../styles/tokens.ts';
import type { Drawing } from './qr-modules.ts';
import { qrCodeStyles } from './qr-code.styles.ts';

/** Keeps the place of a drawing that is being made. */
const blank: Drawing = { side: 1, path: '' };

/**
 * A QR code, drawn in the page: what it says goes to no other place. Always dark on light, with the light around it
 * that readers need. What draws it is loaded when the first one is shown; if that can't be, or the text is too long,
 * there is nothing to see, so give the text in another way as well.
 *
 * @csspart picture - The code, 12 rem wide.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-hairline - Lines that only divide.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 */
export class CountersignQrCode extends CountersignElement {
  static override readonly properties: PropertyDeclarations = {
    value: {},
    label: {},
    drawing: { state: true },
  };

  static override readonly styles = [tokens, qrCodeStyles];

  /** What the code says. */
  value = '';

  /** What the picture is called for those who can't see it. Default: "QR code". */
  label = '';

  private drawing: Drawing | null = null;

  async #draw(value: string): Promise<void> {
    const drawing = await import('./qr-modules.ts').then(({ drawModules }) => drawModules(value)).catch(() => null);
    // Only the latest may speak.
    if (this.value === value) this.drawing = drawing;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value')) return;
    this.drawing = this.value ? blank : null;
    if (this.value) void this.#draw(this.value);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.drawing) return nothing;
    const { side, path } = this.drawing;
    return html`<svg role="img" part="picture" viewBox="0 0 ${side} ${side}" aria-label=${this.label || msg('QR code')}>
      <path shape-rendering="crispEdges" d=${path} />
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-qr-code': CountersignQrCode;
  }
}
