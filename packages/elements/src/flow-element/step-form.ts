import { html, LitElement, nothing, type ReactiveController, type ReactiveControllerHost, render } from 'lit';
import { adoptStyles } from '../styles/adopt.ts';
import { lightStyles } from '../styles/light.ts';
import type { StepContent } from '../view.ts';

/** What is drawn besides the step. */
export interface Surroundings {
  /** A refusal that does not concern a field, or that the answer is slow; empty for none. */
  message: string;
  isRefusal: boolean;
  /** The next step is on its way, and what is shown can't be used any more. */
  isInert: boolean;
}

/**
 * Keeps one real form in the element's own light DOM, so that Enter, autofill and password managers work as on any
 * page. A parent that wipes or moves the element's children gets the same form back, with what was typed in it.
 */
export class StepForm implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #submit: (data: FormData) => void;
  #form: HTMLFormElement | null = null;
  #watch: MutationObserver | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, submit: (data: FormData) => void) {
    this.#host = host;
    this.#submit = submit;
    host.addController(this);
  }

  hostConnected(): void {
    adoptStyles(this.#host, lightStyles);
    this.#form ??= this.#create();
    this.#watch = new MutationObserver(() => this.#ensure());
    this.#watch.observe(this.#host, { childList: true });
    this.#ensure();
    addEventListener('pagehide', this.clear);
  }

  // An element that is only moved is connected again in the same task, and keeps what was typed.
  hostDisconnected(): void {
    this.#watch?.disconnect();
    removeEventListener('pagehide', this.clear);
    queueMicrotask(() => this.#host.isConnected || this.clear());
  }

  /**
   * Forgets what was typed: a step that looks like the one before may keep its fields, but asks for something else; and
   * no secret is to stand in a page that was left, which the browser may keep to come back to.
   */
  readonly clear = (): void => this.#form?.reset();

  /** Draws the step. */
  draw({ body, primary, ways }: StepContent, { message, isRefusal, isInert }: Surroundings): void {
    if (!this.#form) return;
    this.#form.inert = isInert;
    render(
      html`${message ? html`<p class="countersign-message" ?data-error=${isRefusal}>${message}</p>` : nothing}
      ${body ?? nothing}
      ${primary ? html`<button type="submit" class="countersign-primary">${primary}</button>` : nothing}
      ${ways?.length ? html`<div class="countersign-ways">${ways}</div>` : nothing}`,
      this.#form,
    );
  }

  /** Puts the focus into the field that the step begins with, or else on its heading. */
  focus(heading: HTMLElement | null): void {
    const first = this.#form?.querySelector<HTMLElement>('a, button, input:not([hidden], [type=checkbox])');
    const isField = first?.localName === 'input';
    // Said to who is led past it; who is led to the heading reads it.
    heading?.parentElement?.setAttribute('aria-live', isField ? 'polite' : 'off');
    if (!isField) return heading?.focus();
    const field = first.parentElement;
    // A new field's input can't take the focus before the field has drawn the slot that shows it.
    if (field instanceof LitElement) void field.updateComplete.then(() => first.focus());
    else first.focus();
  }

  #create(): HTMLFormElement {
    const form = document.createElement('form');
    form.method = 'post';
    form.className = 'countersign-step';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit(new FormData(form));
    });
    return form;
  }

  #ensure(): void {
    if (this.#form && this.#form.parentNode !== this.#host) this.#host.append(this.#form);
  }
}
