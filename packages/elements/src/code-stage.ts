import type { CodeStage } from '@countersign/core/code-stage';
import type { FactorContract } from '@countersign/core/contract';
import type { StepBase } from '@countersign/core/flow';
import { html, nothing, type TemplateResult } from 'lit';
import { errorText } from './error-text.ts';
import { late } from './late.ts';
import { msg, str } from './localize.ts';
import { way } from './steps/ways.ts';
import type { StepContent, ViewContext } from './view.ts';

/*
 * The step that waits for a code which was sent; the same for every channel, and for factors and addresses alike.
 */

/** A step that waits for a code. */
export type CodeStep = StepBase & CodeStage;

/** The time of day as the reader writes it. */
export const timeOfDay = (time: string): string =>
  new Date(time).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });

const resend = <C extends FactorContract>(
  step: CodeStep,
  { now, deadline, send }: ViewContext<C>,
  style: 'link' | 'primary',
): TemplateResult =>
  html`<countersign-countdown .until=${deadline(step.resendAt)} .clock=${now}
    >${way(style === 'primary' ? msg('Send a new code') : msg('Send again'), () => send({ type: 'resend' }), style)}</countersign-countdown
  >`;

/** Leads back to who typed the number or the address. */
export const change = <C extends FactorContract>(
  { actions, target }: CodeStep,
  { send }: ViewContext<C>,
): TemplateResult[] => {
  const label = target.includes('@') ? msg('Change the address') : msg('Change the number');
  return actions.includes('back') ? [way(label, () => send({ type: 'back' }))] : [];
};

/** What stands below the field; one template, so that the field stays when that changes, and with it the keyboard of a phone. */
export const below = (field: TemplateResult | undefined, more: unknown): TemplateResult => html`${field}${more}`;

const ladder = late(async () => (await import('./steps/ladder.ts')).ladder);

/** Why the code that was sent is of no use any more; empty while it is. */
const deadCode = <C extends FactorContract>(step: CodeStep, { now, deadline }: ViewContext<C>): string => {
  if (step.attemptsLeft === 0) return errorText({ code: 'verification_code.exceed_max_try' });
  return now() >= deadline(step.expiresAt) ? errorText({ code: 'verification_code.expired' }) : '';
};

/** While the code lives, confirming is what one does; then it is sending a new one. */
export const codeStage = <C extends FactorContract>(step: CodeStep, context: ViewContext<C>): StepContent<C> | null => {
  const dead = deadCode(step, context);
  const field = html`<countersign-code-field
    name="code"
    required
    auto-submit
    ?web-otp=${!step.target.includes('@')}
    .length=${step.codeLength}
    .hint=${msg(str`Expires ${timeOfDay(step.expiresAt)}. Checked when complete.`)}
    .error=${dead || context.fieldError}
  ></countersign-code-field>`;
  const content: StepContent<C> = {
    heading: msg('Enter the code'),
    lead: msg(str`Sent to ${step.target} at ${timeOfDay(step.sentAt)}.`),
    body: field,
    wakeAt: [step.checkAt ?? '', step.expiresAt].map((time) => context.deadline(time)).find((at) => at > context.now()),
    ...(!dead && {
      primary: msg('Confirm'),
      submit: (data) => ({ type: 'submit-code', code: String(data.get('code') ?? '') }),
    }),
  };
  // A message that came by the usual way, as most do, needs no more than this.
  if (step.sends > 1 || step.delivery === 'failed' || /^[vw]/u.test(step.channel)) {
    return ladder({ step, content }, context);
  }
  return {
    ...content,
    body: below(field, dead ? resend(step, context, 'primary') : nothing),
    ways: [...(dead ? [] : [resend(step, context, 'link')]), ...change(step, context)],
  };
};
