import type { CompleteStep } from '@countersign/core/flow';
import { html } from 'lit';
import { msg } from '../localize.ts';
import type { StepContent } from '../view.ts';

export const complete = ({ result }: CompleteStep): StepContent => ({
  heading: result.type === 'session' ? msg('You are signed in') : msg('Done'),
  body: html`<p class="countersign-message countersign-done">${msg('You can go on.')}</p>`,
});
