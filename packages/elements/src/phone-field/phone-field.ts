import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { boxStyles } from '../field/box.styles.ts';
import { fieldStyles } from '../field/field.styles.ts';
import { FormField } from '../field/form-field.ts';
import type { Problem } from '../field/problem.ts';
import { msg } from '../localize.ts';
import { tokens } from '../styles/tokens.ts';
import type * as numberingModule from './numbering.ts';
import { phoneFieldStyles } from './phone-field.styles.ts';
import { guessRegion, languageOf } from './regions.ts';

type Numbering = typeof numberingModule;

/**
 * A field for a phone number, in whatever notation a person has it. It formats while one types, and the country follows
 * the number. Numbering plans are loaded when the field is first used; until then, and if they can't be, it is a plain
 * field, and the server judges what was typed.
 *
 * @slot - The input; made by the field if there is none.
 * @slot label - A `<label>`; made by the field if there is none.
 * @slot message - The hint or the error; made by the field if there is none.
 * @csspart frame - The box around country and number.
 * @csspart country - The button that opens the list of countries.
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
export class CountersignPhoneField extends FormField {
  static override readonly properties: PropertyDeclarations = {
    numbering: { state: true },
    country: {},
    countries: { attribute: false },
    autocomplete: {},
    languages: { attribute: false },
  };

  static override readonly styles = [tokens, fieldStyles, boxStyles, phoneFieldStyles];

  #loading: Promise<void> | undefined;
  #shown = '';
  #meant = '';

  private get opener(): HTMLButtonElement | null {
    return this.renderRoot.querySelector<HTMLButtonElement>('button');
  }

  private numbering: Numbering | null = null;

  /** ISO code of the country that a number without `+` is read in; follows what is typed. Empty: none yet. */
  country = '';

  /** ISO codes of the countries that numbers may come from; null for all. */
  countries: readonly string[] | null = null;

  /** What browsers may fill in, as on a native input; `username` where the number names an account. */
  autocomplete = 'tel';

  /** Languages whose region is the first guess at the country. */
  languages: readonly string[] = globalThis.navigator?.languages ?? [];

  constructor() {
    super();
    this.addEventListener('focusin', () => void this.#load());
  }

  override get inputAttributes(): Readonly<Record<string, string>> {
    return { type: 'tel', autocomplete: this.autocomplete, inputmode: 'tel', spellcheck: 'false', dir: 'ltr' };
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const { countries, country } = this;
    const isForeign = changed.has('countries') && countries && !countries.includes(country);
    if (!country || isForeign) this.country = guessRegion(this.languages, countries);
  }

  protected override defaultLabel(): string {
    return msg('Phone number');
  }

  protected override findProblem(): Problem | undefined {
    const { value, country, countries, required, numbering } = this;
    if (value === '' && required) return { flags: { valueMissing: true }, message: msg('Enter your phone number.') };
    if (value === '') return undefined;
    return numbering?.judge(value, { country, countries, language: languageOf(this) });
  }

  protected override read({ inputType, isComposing }: InputEvent): void {
    const { value: text, selectionStart } = this.light.input;
    const { numbering, country } = this;
    const caret = selectionStart ?? text.length;
    if (numbering && !isComposing) {
      this.#write(numbering.edit({ text, caret, country }, { before: this.#shown, inputType }));
    } else this.#note(text);
  }

  protected override show(): void {
    const { value, country } = this;
    if (value === this.#meant && this.light.input.value === this.#shown) return;
    if (value) void this.#load();
    const plain = { text: value, caret: value.length, country };
    this.#write(this.numbering?.format(plain) ?? plain);
  }

  #write({ text, caret, country }: { text: string; caret: number; country: string }): void {
    const { input } = this.light;
    this.country = country;
    if (input.value !== text) {
      input.value = text;
      if (input.matches(':focus')) input.setSelectionRange(caret, caret);
    }
    this.#note(text);
  }

  /** Remembers what the input shows and what it means. */
  #note(text: string): void {
    this.#shown = text;
    this.value = this.#meant = this.numbering?.read(text, this.country)?.number ?? text;
  }

  #load(): Promise<void> {
    const arrived = (numbering: Numbering): void => {
      this.numbering = numbering;
      const { value: text, selectionStart } = this.light.input;
      this.#write(numbering.format({ text, caret: selectionStart ?? text.length, country: this.country }));
    };
    // Not loaded is not lost: the next use tries again, and until then the field works without.
    this.#loading ??= import('./numbering.ts').then(arrived).catch(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #pickCountry(): Promise<void> {
    const [{ pickCountry }] = await Promise.all([import('./country-picker.ts'), this.#load()]);
    const { numbering, opener, country: value } = this;
    if (!numbering || !opener) return;
    const countries = numbering.listCountries(this.countries, languageOf(this));
    this.#moveTo(await pickCountry({ countries, value, opener }));
  }

  #moveTo(country: string): void {
    const { input } = this.light;
    input.value = this.numbering?.moveTo(country, { text: input.value, from: this.country }) ?? input.value;
    this.country = country;
    this.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    this.announce('insertReplacementText');
  }

  #renderCountry(): TemplateResult {
    const { country, numbering } = this;
    const code = numbering?.callingCode(country);
    const shown = code && html`<span class="code" ?data-said=${this.#shown.startsWith('+')}>+${code}</span>`;
    const text = html`<span>${country || msg('Country')}</span>${shown}`;
    if (this.countries?.length === 1) return html`<span class="country" part="country">${text}</span>`;
    const [listed] = (country && numbering?.listCountries([country], languageOf(this))) || [];
    return html`<button
      type="button"
      class="country"
      part="country"
      aria-haspopup="dialog"
      aria-label=${[msg('Country'), listed?.name, country, code && `+${code}`].filter(Boolean).join(' ')}
      ?disabled=${this.hasUpdated && this.matches(':disabled')}
      @click=${this.#pickCountry}
    >
      ${text}<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 6 4 4 4-4" /></svg>
    </button>`;
  }

  protected override renderFrame(): TemplateResult {
    return html`${this.#renderCountry()}<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-phone-field': CountersignPhoneField;
  }
}
