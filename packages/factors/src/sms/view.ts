import { needPhoneField } from '@countersign/elements/late-phone-field';
import { errorText } from '@countersign/elements/error-text';
import { messageIcon } from '@countersign/elements/icons';
import type { FactorView, StepContent, ViewContext } from '@countersign/elements/view';
import type { SetupFactorStep, VerifyFactorStep } from '@countersign/core/flow';
import { html, nothing, type TemplateResult } from 'lit';
import { sms } from './client.ts';
import type { SmsContract } from './contract.ts';
import { messages } from './messages.ts';

type PhoneStep = Extract<SetupFactorStep<SmsContract>, { stage: 'phone' }>;
type CodeStep = Extract<SetupFactorStep<SmsContract>, { stage: 'code' }> | VerifyFactorStep<SmsContract>;
type Context = ViewContext<SmsContract>;

/** The time of day as the reader writes it. */
const clockTime = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(Date.parse(time));

/** The field formats and checks once it has been loaded; the input inside it works without. */
const phoneStage = (step: PhoneStep, { fieldError }: Context): StepContent<SmsContract> => {
  needPhoneField();
  return {
    heading: messages.phoneHeading(),
    lead: step.notice ? messages.phoneNotice() : messages.phoneLead(),
    body: html`<countersign-phone-field name="phone" required .countries=${step.countries} .error=${fieldError}>
      <label for="countersign-phone" slot="label" class="countersign-label">${messages.phoneLabel()}</label>
      <input id="countersign-phone" type="tel" name="phone" autocomplete="tel" required />
    </countersign-phone-field>`,
    primary: messages.sendCode(),
    submit: (data) => ({ type: 'submit-phone', phone: String(data.get('phone') ?? '') }),
  };
};

const resend = (step: CodeStep, { now, deadline, send }: Context, style: 'link' | 'primary'): TemplateResult =>
  html`<countersign-countdown .until=${deadline(step.resendAt)} .clock=${now} .label=${messages.sendAgainIn}>
    <button type="button" class="countersign-${style}" @click=${() => send({ type: 'resend' })}>
      ${style === 'primary' ? messages.sendNew() : messages.sendAgain()}
    </button>
  </countersign-countdown>`;

const changeNumber = (step: CodeStep, { send }: Context): TemplateResult | typeof nothing =>
  step.actions.includes('back')
    ? html`<button type="button" class="countersign-link" @click=${() => send({ type: 'back' })}>
        ${messages.changeNumber()}
      </button>`
    : nothing;

/** Nothing went out, so there is no code to ask for. */
const notSent = (step: CodeStep, context: Context): StepContent<SmsContract> => ({
  heading: messages.notSentHeading(),
  lead: messages.notSentLead(step.target),
  body: html`${context.fieldError ? html`<p class="countersign-message" data-error>${context.fieldError}</p>` : nothing}
  ${resend(step, context, 'primary')}`,
  ways: html`${changeNumber(step, context)}`,
});

/** Why the code that was sent is of no use any more; empty while it is. */
const deadCode = (step: CodeStep, { now, deadline }: Context): string => {
  if (step.attemptsLeft === 0) return errorText({ code: 'verification_code.exceed_max_try' });
  return now() >= deadline(step.expiresAt) ? errorText({ code: 'verification_code.expired' }) : '';
};

const codeField = (step: CodeStep, error: string): TemplateResult =>
  html`<countersign-code-field
    name="code"
    required
    auto-submit
    .length=${step.codeLength}
    .error=${error}
  ></countersign-code-field>`;

/** While the code lives, confirming is what one does; then it is sending a new one. */
const codeStage = (step: CodeStep, context: Context): StepContent<SmsContract> => {
  if (step.delivery === 'failed') return notSent(step, context);
  const dead = deadCode(step, context);
  const field = codeField(step, dead || context.fieldError);
  const content = {
    heading: messages.codeHeading(),
    lead: messages.sentTo(step.target, clockTime(step.sentAt)),
    wakeAt: context.deadline(step.expiresAt),
  };
  if (dead) {
    return {
      ...content,
      body: html`${field} ${resend(step, context, 'primary')}`,
      ways: html`${changeNumber(step, context)}`,
    };
  }
  return {
    ...content,
    body: field,
    primary: messages.confirm(),
    submit: (data) => ({ type: 'submit-code', code: String(data.get('code') ?? '') }),
    ways: html`${resend(step, context, 'link')} ${changeNumber(step, context)}`,
  };
};

/** How the SMS factor looks. */
export const smsView: FactorView<SmsContract> = {
  client: sms(),
  name: messages.name,
  icon: messageIcon,
  setup: (step, context) => (step.stage === 'phone' ? phoneStage(step, context) : codeStage(step, context)),
  verify: codeStage,
};
