import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { boxStyles } from '../field/box.styles.ts';
import { fieldStyles } from '../field/field.styles.ts';
import { FormField } from '../field/form-field.ts';
import type { Problem } from '../field/problem.ts';
import { msg, str } from '../localize.ts';
import { tokens } from '../styles/tokens.ts';
import { textFieldStyles } from './text-field.styles.ts';

/**
 * A field for what is typed from memory or from paper: an e-mail address, a password, a backup code. A password can be
 * shown while it is typed.
 *
 * @slot - The input; made by the field if there is none.
 * @slot label - A `<label>`; made by the field if there is none.
 * @slot message - The hint or the error; made by the field if there is none.
 * @csspart frame - The box around the input.
 * @csspart reveal - The button that shows a password and hides it again.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-accent-strong - The accent below a pointer.
 * @cssproperty --countersign-on-accent - Texts on the accent.
 * @cssproperty --countersign-tint - Ground of what is selected, or below a pointer.
 * @cssproperty --countersign-field - Background of fields.
 * @cssproperty --countersign-text - Texts.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-line - Edges of fields.
 * @cssproperty --countersign-hairline - Lines that only divide.
 * @cssproperty --countersign-danger - What is wrong.
 * @cssproperty --countersign-success - What is done.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-small - Size of labels and messages, 14px.
 * @cssproperty --countersign-font-medium - Size of what is typed and of buttons, 16px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 */
export class CountersignTextField extends FormField {
  static override readonly properties: PropertyDeclarations = {
    type: { reflect: true },
    autocomplete: {},
    minLength: { type: Number, attribute: 'minlength' },
    maxLength: { type: Number, attribute: 'maxlength' },
    isShown: { state: true },
  };

  static override readonly styles = [tokens, fieldStyles, boxStyles, textFieldStyles];

  /** What is asked for; `text` is a code, in a face whose characters are all as wide. */
  type: 'email' | 'password' | 'text' = 'text';

  /** What browsers and password managers may fill in, as on a native input. */
  autocomplete = 'off';

  /** Least number of characters (Unicode code points); 0 for any. */
  minLength = 0;

  /** Greatest number of characters (Unicode code points); 0 for any. */
  maxLength = 0;

  private isShown = false;
  #sentBy: HTMLFormElement | null = null;

  override get inputAttributes(): Readonly<Record<string, string>> {
    const { type, autocomplete, autocapitalize, minLength, isShown } = this;
    return {
      type: isShown ? 'text' : type,
      autocomplete,
      autocapitalize: autocapitalize || 'off',
      spellcheck: 'false',
      translate: 'no',
      dir: 'ltr',
      ...(minLength > 0 && { passwordrules: `minlength: ${minLength};` }),
    };
  }

  /** Password managers look for a hidden password at the moment when the form is sent. */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#sentBy?.removeEventListener('submit', this.#hide);
    this.#sentBy = form;
    form?.addEventListener('submit', this.#hide);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (changed.get('error') === '' && this.error && this.isNear()) {
      this.focus();
      if (this.type !== 'email') this.light.input.select();
    }
  }

  protected override defaultLabel(): string {
    const labels = { email: msg('E-mail address'), password: msg('Password'), text: msg('Code') };
    return labels[this.type];
  }

  protected override findProblem(): Problem | undefined {
    const { value, required, minLength, maxLength, light } = this;
    const { length } = [...value];
    if (length === 0) return required ? { flags: { valueMissing: true }, message: msg('Fill this in.') } : undefined;
    if (light.input?.validity.typeMismatch) {
      return { flags: { typeMismatch: true }, message: msg('An e-mail address looks like ada@example.com.') };
    }
    if (length < minLength)
      return { flags: { tooShort: true }, message: msg(str`Use at least ${minLength} characters.`) };
    if (maxLength > 0 && length > maxLength) {
      return { flags: { tooLong: true }, message: msg(str`Use at most ${maxLength} characters.`) };
    }
    return undefined;
  }

  protected override read(): void {
    this.value = this.light.input.value;
  }

  protected override show(): void {
    const { input } = this.light;
    if (input.value !== this.value) input.value = this.value;
  }

  readonly #hide = (): void => {
    this.isShown = false;
  };

  #toggle(): void {
    this.isShown = !this.isShown;
    this.focus();
  }

  #renderReveal(): TemplateResult {
    const { isShown } = this;
    return html`<button
      type="button"
      part="reveal"
      aria-label=${isShown ? msg('Hide password') : msg('Show password')}
      ?disabled=${this.hasUpdated && this.matches(':disabled')}
      @click=${this.#toggle}
    >
      ${isShown ? msg('Hide') : msg('Show')}
    </button>`;
  }

  protected override renderFrame(): TemplateResult {
    return html`<slot></slot>${this.type === 'password' ? this.#renderReveal() : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-text-field': CountersignTextField;
  }
}
