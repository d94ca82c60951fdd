import { html, nothing, type TemplateResult } from 'lit';
import { msg, str } from '../localize.ts';
import type { StepContent } from '../view.ts';

/** A message that did not go out, and what can be done about it. */
export interface NotSent {
  /** Whom it was meant for. */
  target: string;
  /** The way to send another one. */
  again: TemplateResult;
  ways: readonly TemplateResult[];
}

/** Nothing went out, so there is no code to ask for. */
export const notSent = (
  { target, again, ways }: NotSent,
  { fieldError }: { fieldError: string; redraw: () => void },
): StepContent => ({
  heading: msg('The message was not sent'),
  lead: msg(str`It was meant for ${target}.`),
  body: html`${fieldError ? html`<p class="countersign-message" data-error>${fieldError}</p>` : nothing} ${again}`,
  ways,
});
