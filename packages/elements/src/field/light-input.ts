import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { adoptStyles } from '../styles/adopt.ts';
import { lightStyles } from '../styles/light.ts';

/** What a field tells its light-DOM parts; read after each update. */
export interface LightInputHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: EventTarget;
  readonly inputAttributes: Readonly<Record<string, string>>;
  readonly labelText: string;
  readonly messageText: string;
  readonly invalid: boolean;
  readonly disabled: boolean;
  readonly required: boolean;
}

let serial = 0;

/**
 * Keeps a label, one input and a message as light-DOM children of a field, so that all three stand in the page's own
 * tree: there browsers and password managers find the input, `for` and `aria-describedby` reach it, and Enter submits
 * the form around it. Parts that are there already (server-rendered, or moved by a framework) are taken over; parts
 * that a framework wiped are made again.
 */
export class LightInput implements ReactiveController {
  input!: HTMLInputElement;
  readonly #host: LightInputHost;
  #label: HTMLElement | null = null;
  #labelIsOurs = false;
  #message!: HTMLElement;

  constructor(host: LightInputHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    adoptStyles(this.#host, lightStyles);
    this.#host.renderRoot.addEventListener('slotchange', this.ensure);
    this.ensure();
  }

  hostUpdated(): void {
    const { inputAttributes, labelText, messageText, invalid, disabled, required } = this.#host;
    for (const [name, value] of Object.entries(inputAttributes)) {
      if (this.input.getAttribute(name) !== value) this.input.setAttribute(name, value);
    }
    if (this.#label && this.#labelIsOurs) this.#label.textContent = labelText;
    if (this.#message.textContent !== messageText) {
      this.#message.textContent = messageText;
      this.#message.ariaLive = invalid ? 'polite' : 'off';
    }
    this.#message.toggleAttribute('data-error', invalid);
    this.input.disabled = disabled;
    this.input.ariaInvalid = invalid ? 'true' : null;
    this.input.ariaRequired = required ? 'true' : null;
  }

  /** Who is led to the input reads the message with it, and need not hear it besides. */
  focus(options?: FocusOptions): void {
    if (!this.input.matches(':focus')) this.#message.ariaLive = 'off';
    this.input.focus(options);
  }

  /** Finds or makes the three parts; may be called at any time. */
  readonly ensure = (): void => {
    const lost = this.input?.value;
    this.input = this.#find<HTMLInputElement>('input') ?? this.#make('input', '');
    this.input.id ||= `countersign-${(serial += 1)}`;
    if (lost && !this.input.value) this.input.value = lost;
    this.#ensureLabel();
    this.#message = this.#find('[slot=message]') ?? this.#make('span', 'message');
    this.#message.id = `${this.input.id}-message`;
    this.#message.ariaLive ??= 'off';
    this.input.setAttribute('aria-describedby', this.#message.id);
    this.hostUpdated();
  };

  #ensureLabel(): void {
    this.#label = this.#find('label');
    if (!this.#label && !this.input.labels?.length) {
      this.#label = this.#make('label', 'label');
      this.#labelIsOurs = true;
    }
    this.#label?.setAttribute('for', this.input.id);
  }

  #find<E extends HTMLElement>(selector: string): E | null {
    return this.#host.querySelector<E>(`:scope > ${selector}`);
  }

  #make<T extends 'input' | 'label' | 'span'>(tag: T, slot: string): HTMLElementTagNameMap[T] {
    const part = document.createElement(tag);
    if (slot) {
      part.slot = slot;
      part.className = `countersign-${slot}`;
    }
    this.#host.append(part);
    return part;
  }
}
