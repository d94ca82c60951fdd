import type { BlockedStep } from '@countersign/core/flow';
import { html } from 'lit';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import { way } from './ways.ts';

/** Nothing that the person can do here helps any more; who runs the app can give them a pass. */
const locked = ({ send }: ViewContext): StepContent => ({
  heading: msg('Locked for your safety'),
  lead: msg('There were too many wrong codes. Ask the people who run this app to help you back in.'),
  body: way(msg('Try again'), () => send({ type: 'retry' }), 'primary'),
});

/** The wait is shown by the countdown, which turns into the button that ends it. */
const waiting = (retryAt: string, { now, deadline, send }: ViewContext): StepContent => ({
  heading: msg('Too many codes'),
  lead: msg('No more codes can be sent for now.'),
  body: html`<countersign-countdown
    .until=${deadline(retryAt)}
    .clock=${now}
    .label=${(time: string) => msg(str`Try again in ${time}`)}
    .announcement=${msg('You can try again now.')}
    >${way(msg('Try again'), () => send({ type: 'retry' }), 'primary')}</countersign-countdown
  >`,
});

/** What is shown where nothing can be sent, or nothing that is held serves. */
export const blocked = ({ retryAt }: BlockedStep, context: ViewContext): StepContent =>
  retryAt === null ? locked(context) : waiting(retryAt, context);
