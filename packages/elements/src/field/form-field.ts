import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { CountersignElement } from '../element.ts';
import { LightInput } from './light-input.ts';
import type { Problem } from './problem.ts';

/**
 * A form control that behaves like a native one and owns a real input in the page's tree. A field says how its input
 * looks, what it makes of what was typed, and what is wrong with it; this class answers to the form.
 */
export abstract class FormField extends CountersignElement {
  static override readonly properties: PropertyDeclarations = {
    name: { reflect: true },
    value: {},
    label: {},
    hint: {},
    error: {},
    disabled: { type: Boolean, reflect: true },
    required: { type: Boolean },
    problem: { state: true },
  };

  /** Makes the browser treat the element as a control of the form around it. */
  static readonly formAssociated = true;

  protected readonly internals = this.attachInternals();
  protected readonly light = new LightInput(this);

  /** Attributes of the light-DOM input. */
  abstract readonly inputAttributes: Readonly<Record<string, string>>;

  /** Under which name the form sends the value. */
  name = '';

  /** The value that the form sends; the attribute is what a reset goes back to. */
  value = '';

  /** The text of the label; each field has its own default. */
  label = '';

  /** A line of help below the field. */
  hint = '';

  /** What was wrong with the value that was sent; shown in the place of the hint until it is set to `''`. */
  error = '';

  /** Whether the field can't be used and is left out of the form. */
  disabled = false;

  /** Whether the form can't be sent while the field is empty. */
  required = false;

  /** A problem that the browser met when the form was to be sent; gone at the next key. */
  private problem = '';

  constructor() {
    super();
    // Capturing, so that the value is right before anybody else hears of the event, and whichever input it came from.
    this.addEventListener('input', (event) => this.#onInput(event as InputEvent), true);
    // Capturing, because the input can be wrong in itself, and its event does not bubble.
    this.addEventListener('invalid', (event) => void this.#onInvalid(event), true);
  }

  /** The form around the field. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** As on native controls. */
  get validity(): ValidityState {
    return this.internals.validity;
  }

  /** As on native controls. */
  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get labelText(): string {
    return this.label || this.defaultLabel();
  }

  get messageText(): string {
    return this.error || this.problem || this.hint;
  }

  get invalid(): boolean {
    return Boolean(this.error || this.problem);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A page that works without scripts names its input; here the field is what the form sends.
    const { input } = this.light;
    this.name ||= input.name;
    input.removeAttribute('name');
    // Typed before there was a field, or written there by a server; a box has a value that says nothing.
    if (!this.hasUpdated && input.type !== 'checkbox') this.value ||= input.value;
    this.show();
    this.#report();
  }

  // The form must know at once, not after the next render: code may send it in the same task.
  override requestUpdate(...change: Parameters<CountersignElement['requestUpdate']>): void {
    super.requestUpdate(...change);
    if (change[0] !== undefined && this.light?.input) this.#report();
  }

  /** Called while `disabled` is being reflected, too; what is asked for during an update would be lost. */
  async formDisabledCallback(): Promise<void> {
    await this.updateComplete;
    this.requestUpdate();
  }

  formResetCallback(): void {
    this.value = this.getAttribute('value') ?? '';
    this.error = this.problem = '';
    this.show();
  }

  formStateRestoreCallback(state: string): void {
    this.value = state;
    this.show();
  }

  /** As on native controls. */
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  /** As on native controls. */
  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  override focus(options?: FocusOptions): void {
    this.light.focus(options);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('value')) this.show();
  }

  /** Whether the focus may be taken: it is on the field's form, or nowhere. */
  protected isNear(): boolean {
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    return !activeElement || activeElement === document.body || (this.form ?? this).contains(activeElement);
  }

  protected abstract defaultLabel(): string;

  /** Takes over what the person did to the input. */
  protected abstract read(event: InputEvent): void;

  /** Writes the value into the input, where it differs. */
  protected abstract show(): void;

  /** Why the form can't be sent with this value. */
  protected abstract findProblem(): Problem | undefined;

  /** Says at once what is wrong, without waiting for the form. */
  protected showProblem(): void {
    this.problem = this.findProblem()?.message ?? '';
  }

  /** What is drawn around, or under, the input: its slot is `<slot></slot>`. */
  protected abstract renderFrame(): TemplateResult;

  /** Tells everybody, this field first, about a change that the browser will not tell. */
  protected announce(inputType: string): void {
    this.light.input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType }));
  }

  #onInput(event: InputEvent): void {
    if (event.target !== this.light.input) return;
    this.problem = '';
    this.read(event);
  }

  /** The browser's own bubble looks foreign, and can't always be placed: say it where errors are said. */
  async #onInvalid(event: Event): Promise<void> {
    event.preventDefault();
    this.showProblem();
    await this.updateComplete;
    if (this.form?.querySelector(':invalid:not(fieldset)') === this) this.focus();
  }

  #report(): void {
    const problem = this.findProblem();
    this.internals.setFormValue(this.value);
    this.internals.setValidity(problem?.flags, problem?.message, this.light.input);
  }
  protected override render(): TemplateResult {
    return html`<slot name="label"></slot>
      <div class="frame" part="frame" dir="ltr" ?data-invalid=${this.invalid}>${this.renderFrame()}</div>
      <slot name="message"></slot>`;
  }
}
