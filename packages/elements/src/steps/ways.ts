import { html, type TemplateResult } from 'lit';
import { msg } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';

/** A secondary way: a plain text button. */
export const way = (label: string, go: () => void): TemplateResult =>
  html`<button type="button" class="countersign-link" @click=${go}>${label}</button>`;

/** Adds the way to the list of the other factors. */
export const withSwitch = (content: StepContent, { send }: ViewContext): StepContent => ({
  ...content,
  ways: html`${content.ways} ${way(msg('Try another way'), () => send({ type: 'switch' }))}`,
});
