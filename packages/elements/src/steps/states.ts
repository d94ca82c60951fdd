import type { Problem } from '@countersign/core/flow';
import { html, type TemplateResult } from 'lit';
import { errorText } from '../error-text.ts';
import { msg } from '../localize.ts';
import type { StepContent } from '../view.ts';

const again = (label: string, go: () => void): TemplateResult =>
  html`<button type="button" class="countersign-primary" @click=${go}>${label}</button>`;

export const loading = (): StepContent => ({ heading: msg('One moment…') });

export const offline = (go: () => void): StepContent => ({
  heading: msg('No connection'),
  lead: msg('Nothing is lost. Check your connection and try again.'),
  body: again(msg('Try again'), go),
});

export const expired = (go: () => void): StepContent => ({
  heading: msg('This took too long'),
  lead: msg('For your safety we stopped here. Begin again; it only takes a moment.'),
  body: again(msg('Begin again'), go),
});

export const failed = (problem: Problem | null, go: () => void): StepContent => ({
  heading: msg('That did not work'),
  lead: errorText(problem),
  body: again(msg('Try again'), go),
});

/** The server is newer than the page. */
export const unsupported = (): StepContent => ({
  heading: msg('This page is out of date'),
  lead: msg('Reload it to go on.'),
  body: again(msg('Reload'), () => location.reload()),
});
