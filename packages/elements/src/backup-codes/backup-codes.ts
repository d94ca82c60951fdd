import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { FormField } from '../field/form-field.ts';
import type { Problem } from '../field/problem.ts';
import { msg } from '../localize.ts';
import { tokens } from '../styles/tokens.ts';
import { backupCodesStyles } from './backup-codes.styles.ts';

const inputAttributes = { type: 'checkbox' };

/** What the form sends once the person has said so. */
const saved = 'saved';

/**
 * Shows backup codes, helps to keep them, and asks to confirm that they are kept: with `required` its form can't be sent
 * before. The value is `saved`, or empty.
 *
 * @slot - The check box; made by the field if there is none.
 * @slot label - Its `<label>`; made by the field if there is none.
 * @slot message - What is missing; made by the field if there is none.
 * @csspart codes - The list of codes.
 * @csspart keep - Each of the buttons that copy, download and print.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-accent-strong - The accent below a pointer.
 * @cssproperty --countersign-on-accent - Texts on the accent.
 * @cssproperty --countersign-tint - Ground of what is selected, or below a pointer.
 * @cssproperty --countersign-field - Background of fields.
 * @cssproperty --countersign-text - Texts.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-line - Edges of fields.
 * @cssproperty --countersign-danger - What is wrong.
 * @cssproperty --countersign-success - What is done.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-small - Size of labels and messages, 14px.
 * @cssproperty --countersign-font-medium - Size of what is typed and of buttons, 16px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 */
export class CountersignBackupCodes extends FormField {
  static override readonly properties: PropertyDeclarations = {
    codes: { attribute: false },
    outcome: { state: true },
  };

  static override readonly styles = [tokens, backupCodesStyles];

  override readonly inputAttributes = inputAttributes;

  /** The codes, as they are to be read. */
  codes: readonly string[] = [];

  /** What became of the last way to keep them. */
  private outcome = '';

  protected override defaultLabel(): string {
    return msg('I have saved my backup codes');
  }

  protected override findProblem(): Problem | undefined {
    if (this.value === saved || !this.required) return undefined;
    return { flags: { valueMissing: true }, message: msg('Save the codes first, then tick this box.') };
  }

  protected override read(): void {
    this.value = this.light.input.checked ? saved : '';
  }

  protected override show(): void {
    this.light.input.checked = this.value === saved;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.codes.join('\n'));
      this.outcome = msg('Copied.');
    } catch {
      // Not allowed here, or not there at all: the next best thing is one key away.
      const list = this.renderRoot.querySelector('.codes');
      if (list) this.ownerDocument.getSelection()?.selectAllChildren(list);
      this.outcome = msg('The codes are selected. Copy them with your keyboard.');
    }
  }

  /** Ways that are taken once, if ever, are loaded then. */
  async #keep(way: 'download' | 'print'): Promise<void> {
    try {
      this.outcome = (await import('./keep.ts'))[way](this.ownerDocument, this.codes);
    } catch {
      this.outcome = msg('That did not work. Copy the codes instead.');
    }
  }

  protected override renderFrame(): TemplateResult {
    const way = (label: string, go: () => void): TemplateResult =>
      html`<button type="button" part="keep" @click=${go}>${label}</button>`;
    return html`<ol class="codes" part="codes" role="list" translate="no" dir="ltr" aria-label=${msg('Backup codes')}>
        ${this.codes.map((code) => html`<li>${code}</li>`)}
      </ol>
      <div class="keep">
        ${way(msg('Copy'), () => void this.#copy())} ${way(msg('Download'), () => void this.#keep('download'))}
        ${way(msg('Print'), () => void this.#keep('print'))}
      </div>
      <p class="outcome" role="status">${this.outcome}</p>`;
  }

  protected override render(): TemplateResult {
    return html`${this.renderFrame()}
      <div class="check"><slot></slot><slot name="label"></slot></div>
      <slot name="message"></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-backup-codes': CountersignBackupCodes;
  }
}
