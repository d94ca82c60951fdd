import { LitElement, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { msg } from '../localize.ts';
import { filterCountries, moveActive, type Country } from './country-list.ts';
import { countryPickerStyles } from './country-picker.styles.ts';
import { placeBelow } from './place.ts';

const tag = 'countersign-country-picker';

/** What to pick from, and where. */
export interface PickOptions {
  /** The countries, in order. */
  countries: readonly Country[];
  /** ISO code of the one that is picked now; may be empty. */
  value: string;
  /** The button that opens the list and gets the focus back; the list is as wide as what the button stands in. */
  opener: HTMLElement;
}

/**
 * A searchable list of countries in a popover; part of the phone field, and loaded when it is first opened.
 * Its colours and sizes are those of the field, which it stands in.
 *
 * @csspart panel - The popover.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-tint - Ground of what is selected, or below a pointer.
 * @cssproperty --countersign-field - Background of fields.
 * @cssproperty --countersign-text - Texts.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-hairline - Lines that only divide.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-small - Size of labels and messages, 14px.
 * @cssproperty --countersign-font-medium - Size of what is typed and of buttons, 16px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 */
export class CountersignCountryPicker extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    countries: { state: true },
    value: { state: true },
    text: { state: true },
    active: { state: true },
  };

  static override readonly styles = countryPickerStyles;

  #opener: HTMLElement | null = null;
  #onPicked: (code: string) => void = () => {};

  private get panel(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.panel') as HTMLElement;
  }

  private get search(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>('input') as HTMLInputElement;
  }

  private countries: readonly Country[] = [];
  private value = '';
  private text = '';
  private active = 0;

  /** Opens the list, ready to be searched. Settles when a country is picked; closing it without leaves all as it was. */
  async pick({ countries, value, opener }: PickOptions): Promise<string> {
    this.#opener = opener;
    Object.assign(this, { countries, value, text: '' });
    const index = countries.findIndex(({ code }) => code === value);
    this.active = Math.max(0, index);
    await this.updateComplete;
    this.#place();
    this.panel.showPopover();
    this.search.value = '';
    this.search.focus();
    this.#reveal('center');
    return new Promise((resolve) => (this.#onPicked = resolve));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('resize', this.#place);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('resize', this.#place);
  }

  /** The window changes while the list is open: a phone is turned, and its keyboard comes. */
  readonly #place = (): void => {
    if (this.#opener) placeBelow(this.panel, this.#opener.parentElement ?? this.#opener);
  };

  get #matches(): readonly Country[] {
    return filterCountries(this.countries, this.text);
  }

  #onInput(): void {
    this.text = this.search.value;
    this.active = 0;
  }

  async #onKeyDown(event: KeyboardEvent): Promise<void> {
    const { key } = event;
    const matches = this.#matches;
    const target = moveActive(key, this.active, matches.length);
    const picked = matches[this.active];
    if (event.isComposing) return;
    if (key === 'Escape' || key === 'Tab') this.#close();
    if (key === 'Escape') event.stopPropagation();
    // Tab goes on from the button, as if the list had never been there.
    if (target === null && key !== 'Enter' && key !== 'Escape') return;
    event.preventDefault();
    if (key === 'Enter' && picked) this.#pick(picked);
    if (target === null) return;
    this.active = target;
    await this.updateComplete;
    this.#reveal('nearest');
  }

  /** Chrome gives the focus back to the host of a shadow root at most, so it is done here. */
  #close(): void {
    this.panel.hidePopover();
    this.#opener?.focus();
  }

  #pick({ code }: Country): void {
    this.#close();
    this.#onPicked(code);
  }

  #reveal(block: ScrollLogicalPosition): void {
    this.renderRoot.querySelector('[data-active]')?.scrollIntoView({ block });
  }

  #renderOption(country: Country, isActive: boolean): TemplateResult {
    const { code, name, callingCode } = country;
    return html`<li
      id="country-${code}"
      role="option"
      aria-selected=${code === this.value}
      ?data-active=${isActive}
      @click=${() => this.#pick(country)}
    >
      <span>${name}</span><bdi>${code} +${callingCode}</bdi>
    </li>`;
  }

  protected override render(): TemplateResult {
    const matches = this.#matches;
    const active = matches[this.active];
    return html`<div class="panel" part="panel" popover role="dialog" aria-label=${msg('Country')}>
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="done"
        aria-autocomplete="list"
        aria-controls="countries"
        aria-expanded="true"
        aria-activedescendant=${active ? `country-${active.code}` : ''}
        aria-label=${msg('Search countries')}
        placeholder=${msg('Country or code')}
        @input=${this.#onInput}
        @keydown=${this.#onKeyDown}
      />
      <ul id="countries" role="listbox" aria-label=${msg('Countries')} ?hidden=${!active}>
        ${matches.map((country) => this.#renderOption(country, country === active))}
      </ul>
      <p role="status">${active ? '' : msg('No country has this name or code.')}</p>
    </div>`;
  }
}

/** Opens the picker of a field; it is made at the first time, behind the frame of the button. */
export const pickCountry = (options: PickOptions): Promise<string> => {
  if (!customElements.get(tag)) customElements.define(tag, CountersignCountryPicker);
  const frame = options.opener.parentElement;
  const picker = frame?.parentNode?.querySelector(tag) ?? document.createElement(tag);
  if (!picker.isConnected) frame?.after(picker);
  return picker.pick(options);
};

declare global {
  interface HTMLElementTagNameMap {
    [tag]: CountersignCountryPicker;
  }
}
