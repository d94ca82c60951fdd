import { readCode } from '@countersign/core/code';
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { fieldStyles } from '../field/field.styles.ts';
import { FormField } from '../field/form-field.ts';
import type { Problem } from '../field/problem.ts';
import { msg, str } from '../localize.ts';
import { tokens } from '../styles/tokens.ts';
import { Attempts, type CodeSource } from './attempts.ts';
import { cells, middle, type Range } from './cells.ts';
import { CodeCompleteEvent } from './code-complete-event.ts';
import { codeFieldStyles } from './code-field.styles.ts';
import { caretIn, isForeign, readInsertion } from './insertion.ts';

const inputAttributes = {
  type: 'text',
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  enterkeyhint: 'done',
  autocapitalize: 'off',
  spellcheck: 'false',
  translate: 'no',
  dir: 'ltr',
};

/**
 * A field for a one-time code: one real input in the page's tree, with a drawn cell for each digit. It takes a code in
 * whatever form it comes, typed, pasted with the sentence around it, or filled in by the browser.
 *
 * @fires {CodeCompleteEvent} countersign-code-complete - All digits are there; cancel it to stop `auto-submit`.
 * @slot - The input; made by the field if there is none.
 * @slot label - A `<label>`; made by the field if there is none.
 * @slot message - The hint or the error; made by the field if there is none.
 * @csspart frame - The box around all cells.
 * @csspart cell - The box of one digit.
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
 * @cssproperty --countersign-font-large - Size of headings and of digits, 20px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 * @cssproperty --countersign-cell-width - Width of a cell where there is room for it, 44px.
 * @cssproperty --countersign-cell-height - Height of a cell, 52px.
 */
export class CountersignCodeField extends FormField {
  static override readonly properties: PropertyDeclarations = {
    length: { type: Number },
    autoSubmit: { type: Boolean, attribute: 'auto-submit' },
    webOtp: { type: Boolean, attribute: 'web-otp' },
    selection: { state: true },
  };

  static override readonly styles = [tokens, fieldStyles, codeFieldStyles];

  override readonly inputAttributes = inputAttributes;
  readonly #attempts = new Attempts();

  /** How many digits the code has, 4 to 10. */
  length = 6;

  /** Submits the form as soon as the code is complete; after a wrong code only when it was entered anew as a whole. */
  autoSubmit = false;

  /** Asks the browser for the code of a text message that comes while the field is there (WebOTP). */
  webOtp = false;

  private selection: Range | null = null;

  constructor() {
    super();
    this.addEventListener('beforeinput', (event) => this.#onBeforeInput(event));
    this.addEventListener('compositionend', () => this.#onCompositionEnd());
    this.addEventListener('paste', (event) => this.#onTransfer(event, event.clipboardData), true);
    this.addEventListener('drop', (event) => this.#onTransfer(event, event.dataTransfer), true);
    for (const type of ['focusin', 'keyup', 'pointerup', 'select', 'selectionchange']) {
      this.addEventListener(type, () => this.#track());
    }
    this.addEventListener('focusout', () => (this.selection = null));
  }

  override formResetCallback(): void {
    super.formResetCallback();
    this.#attempts.restart(false);
  }

  /** Fills in a code that the app got by itself (WebOTP, a deep link), as if the browser had done it. */
  fill(text: string): void {
    this.light.input.value = readCode(text, this.length);
    this.announce('insertReplacementText');
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('value')) this.value = readCode(this.value, this.length);
    if (changed.has('error') && this.error) this.#attempts.restart(true);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    this.#frame?.style.setProperty('--_count', `${this.renderRoot.querySelectorAll('.cell').length}`);
    if (changed.has('error') && this.error) this.#refuse();
    // Few browsers have it, and none needs it.
    if (changed.has('webOtp') && this.webOtp && 'OTPCredential' in globalThis) {
      import('./web-otp.ts').then(
        ({ receiveCodes }) => receiveCodes(this),
        () => 0,
      );
    }
  }

  protected override defaultLabel(): string {
    return msg('Code');
  }

  protected override findProblem(): Problem | undefined {
    const { value, length, required } = this;
    if (value.length === length || (value === '' && !required)) return undefined;
    const flags = { valueMissing: !value, tooShort: value.length < length, tooLong: value.length > length };
    return { flags, message: msg(str`The code has ${length} digits.`) };
  }

  protected override read(event: InputEvent): void {
    const { input } = this.light;
    const { value, selectionStart } = input;
    const at = selectionStart ?? value.length;
    // WebKit types beside the digit that was selected for it a moment ago.
    const isBeside = event.inputType === 'insertText' && at < value.length && value.length > this.value.length;
    const text = isBeside ? value.slice(0, at) + value.slice(at + 1) : value;
    const code = readCode(text, this.length);
    if (value !== code) {
      if (event.isComposing) return;
      const caret = caretIn(code, text, at);
      input.value = code;
      input.setSelectionRange(caret, caret);
    }
    this.value = code;
    this.#track();
    if (code.length > this.length) this.showProblem();
    const { source, digits } = readInsertion(event, this.length);
    if (this.#attempts.isNew(code, { length: this.length, digits })) this.#complete(code, source);
  }

  protected override show(): void {
    const { input } = this.light;
    if (input.value !== this.value) input.value = this.value;
  }

  get #frame(): HTMLElement | null {
    return this.renderRoot.querySelector('.frame');
  }

  #track(): void {
    const { input } = this.light;
    const { selectionStart: start, selectionEnd: end } = input;
    this.selection = input.matches(':focus') && start !== null && end !== null ? { start, end } : null;
  }

  #complete(code: string, source: CodeSource): void {
    const mayGoOn = this.dispatchEvent(new CodeCompleteEvent(code, source));
    if (mayGoOn && this.autoSubmit && this.#attempts.maySubmit(source, this.length)) this.form?.requestSubmit();
  }

  /** A wrong code stays where it is, selected; focus comes back from the button, but not from elsewhere on the page. */
  #refuse(): void {
    if (this.isNear()) {
      this.focus();
      this.light.input.select();
    }
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const translate = ['0', '-6px', '5px', '-3px', '0'];
    this.#frame?.animate({ translate }, { duration: 150, easing: 'ease-out' });
  }

  /** A digit typed onto a digit replaces it; what is no digit, or one too many, is not taken. */
  #onBeforeInput(event: InputEvent): void {
    const { input } = this.light;
    const { selectionStart: start, selectionEnd: end, value } = input;
    if (event.inputType !== 'insertText' || event.data?.length !== 1 || start === null) return;
    const isFull = start === end && start >= this.length;
    if (isFull || isForeign(event.data)) event.preventDefault();
    else if (start === end && start < value.length) input.setSelectionRange(start, start + 1);
  }

  /** A keyboard that composes may leave more than digits, which can't be touched before it is done. */
  #onCompositionEnd(): void {
    const { value } = this.light.input;
    if (readCode(value, this.length) !== value) this.announce('insertCompositionText');
  }

  /** A whole code replaces what was there, wherever the caret is; parts go in as usual. */
  #onTransfer(event: Event, transfer: DataTransfer | null): void {
    const code = readCode(transfer?.getData('text') ?? '', this.length);
    if (code.length !== this.length || this.light.input.disabled) return;
    event.preventDefault();
    this.fill(code);
  }

  protected override renderFrame(): TemplateResult {
    return html`<div class="cells" aria-hidden="true" translate="no">${this.#renderCells()}</div>
      <div class="over"><slot></slot></div>`;
  }

  #renderCells(): TemplateResult[] {
    const gap = middle(this.length);
    return cells(this.value, this.length, this.selection).map(
      ({ char, active, caret, selected }, index) =>
        html`<span
          class="cell"
          part="cell"
          ?data-gap=${index === gap}
          ?data-active=${active}
          ?data-caret=${caret}
          ?data-selected=${selected}
          >${char}</span
        >`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-code-field': CountersignCodeField;
  }
}
