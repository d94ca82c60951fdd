import type { BlockedStep } from '@countersign/core/flow';
import { html } from 'lit';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import { way } from './ways.ts';

/** The wait is shown by the countdown, which turns into the button that ends it. */
export const blocked = (step: BlockedStep, { now, deadline, send }: ViewContext): StepContent => ({
  heading: msg('Too many codes'),
  lead: msg('No more codes can be sent for now.'),
  body: html`<countersign-countdown
    .until=${deadline(step.retryAt)}
    .clock=${now}
    .label=${(time: string) => msg(str`Try again in ${time}`)}
    >${way(msg('Try again'), () => send({ type: 'retry' }), 'primary')}</countersign-countdown
  >`,
});
