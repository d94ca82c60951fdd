import { html } from 'lit';
import { checkIcon } from '../icons.ts';
import { msg } from '../localize.ts';
import type { StepContent } from '../view.ts';

export const complete = (): StepContent => ({
  heading: msg('Done'),
  body: html`<p class="countersign-text countersign-done">${checkIcon} ${msg('You can go on.')}</p>`,
});
