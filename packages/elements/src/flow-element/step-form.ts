import { html, LitElement, nothing, type ReactiveController, type ReactiveControllerHost, render } from 'lit';
import { adoptStyles } from '../styles/adopt.ts';
import { choiceStyles } from '../styles/choices.ts';
import { lightStyles } from '../styles/light.ts';
import type { StepContent } from '../view.ts';

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
    adoptStyles(this.#host, choiceStyles);
    this.#form ??= this.#create();
    this.#watch = new MutationObserver(() => this.#ensure());
    this.#watch.observe(this.#host, { childList: true });
    this.#ensure();
  }

  hostDisconnected(): void {
    this.#watch?.disconnect();
  }

  /** Draws the step; the message is a refusal that does not concern a field. */
  draw({ body, primary, ways }: StepContent, message: string): void {
    if (!this.#form) return;
    render(
      html`${message ? html`<p class="countersign-message" data-error>${message}</p>` : nothing} ${body ?? nothing}
      ${primary ? html`<button type="submit" class="countersign-primary">${primary}</button>` : nothing}
      ${ways ? html`<div class="countersign-ways">${ways}</div>` : nothing}`,
      this.#form,
    );
  }

  /** Puts the focus where the step begins; false when it has no field. */
  focusField(): boolean {
    const input = this.#form?.querySelector<HTMLElement>('input:not([type=hidden])');
    const field = input?.parentElement;
    // A new field's input can't take the focus before the field has drawn the slot that shows it.
    if (field instanceof LitElement) void field.updateComplete.then(() => input?.focus());
    else input?.focus();
    return Boolean(input);
  }

  #create(): HTMLFormElement {
    const form = this.#host.ownerDocument.createElement('form');
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
