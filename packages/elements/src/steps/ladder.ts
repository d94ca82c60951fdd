import type { Channel } from '@countersign/core/code-stage';
import type { FactorContract } from '@countersign/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { below, change, type CodeStep, timeOfDay } from '../code-stage.ts';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import { way } from './ways.ts';

/*
 * What there is to do where no code comes: the number, other ways for a code to travel, and how to do without.
 */

/** What the rungs stand below. */
export interface Below<C extends FactorContract> {
  step: CodeStep;
  /** The step as it is without them; it has no `submit` once its code is dead. */
  content: StepContent<C>;
}

/** As the rungs always stand: a call reaches a phone that gets no texts. */
const rungs: readonly Channel[] = ['voice', 'whatsapp', 'sms', 'email'];

const labels: Readonly<Record<Channel, (isSame: boolean) => string>> = {
  voice: (isSame) => (isSame ? msg('Call me again') : msg('Call me instead')),
  whatsapp: () => msg('Send it by WhatsApp'),
  sms: () => msg('Send a text message again'),
  email: () => msg('Send an e-mail again'),
};

/** How the last code travelled, where that was not by the usual way. */
const leadOf = ({ channel, target, sentAt }: CodeStep, isOver: boolean): string => {
  const time = timeOfDay(sentAt);
  if (channel === 'whatsapp') return msg(str`Sent by WhatsApp to ${target} at ${time}.`);
  if (channel !== 'voice') return '';
  return isOver ? msg(str`We called ${target} at ${time}.`) : msg(str`We are calling ${target}.`);
};

/** Every way that is open for another code, all of them after one wait. */
const another = <C extends FactorContract>(
  step: CodeStep,
  { now, deadline, send }: ViewContext<C>,
  first: Channel | null = null,
): TemplateResult => {
  const open = rungs.filter((channel) => step.channels.includes(channel));
  const sorted = first ? open.toSorted((one, other) => Number(other === first) - Number(one === first)) : open;
  const buttons = sorted.map((channel) =>
    way(
      labels[channel](channel === step.channel),
      // Mail goes one way only, so that nothing is named there.
      () => send(channel === 'email' ? { type: 'resend' } : { type: 'resend', channel }),
      channel === first ? 'primary' : 'link',
    ),
  );
  return html`<countersign-countdown .until=${deadline(step.resendAt)} .clock=${now}
    ><div class="countersign-ways">${buttons}</div></countersign-countdown
  >`;
};

/** For whom the phone is gone, broken or far away: another factor, or whoever gives a pass where there is none. */
const withoutPhone = <C extends FactorContract>(step: CodeStep, { send }: ViewContext<C>): TemplateResult[] => {
  const label = msg("I can't use my phone");
  if (step.channel === 'email' || !('factorId' in step)) return [];
  if (step.actions.includes('switch')) return [way(label, () => send({ type: 'switch' }))];
  return [
    html`<details>
      <summary class="countersign-link">${label}</summary>
      <p class="countersign-message">
        ${msg('Ask the people who run this app for a recovery pass. With it you set up a new way to verify.')}
      </p>
    </details>`,
  ];
};

/** What a failed message can be followed by: first what it did not travel by. */
const afterFailure = ({ channel, channels }: CodeStep): Channel =>
  rungs.find((other) => other !== channel && channels.includes(other)) ?? channel;

/** Nothing came of the message, so there is no code to ask for. */
const failed = <C extends FactorContract>(step: CodeStep, context: ViewContext<C>): StepContent<C> => {
  const { fieldError } = context;
  return {
    heading: step.channel === 'voice' ? msg('The call did not get through') : msg('The message did not arrive'),
    lead: msg(str`It was meant for ${step.target}.`),
    body: html`${fieldError ? html`<p class="countersign-message" data-error>${fieldError}</p>` : nothing}
    ${another(step, context, afterFailure(step))}`,
    ways: [...change(step, context), ...withoutPhone(step, context)],
  };
};

/** Adds the rungs to the step that waits for a code. */
export const ladder = <C extends FactorContract>(
  { step, content }: Below<C>,
  context: ViewContext<C>,
): StepContent<C> => {
  if (step.delivery === 'failed') return failed(step, context);
  const lead = leadOf(step, !content.submit) || (content.lead ?? '');
  const asked = html`<p class="countersign-message">${msg(str`No code at ${step.target} yet?`)}</p>`;
  const [before, after] = [change(step, context), withoutPhone(step, context)];
  const isDead = !content.submit;
  return {
    ...content,
    lead,
    body: below(content.body, isDead ? another(step, context, step.channel) : nothing),
    ways: [...(isDead ? before : [asked, ...before, another(step, context)]), ...after],
  };
};
