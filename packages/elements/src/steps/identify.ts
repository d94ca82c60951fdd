import type { IdentifyStep } from '@countersign/core/flow';
import type { Identifier, IdentifierType } from '@countersign/core/identifier';
import { html, nothing, type TemplateResult } from 'lit';
import { addressSentences } from '../address-sentences.ts';
import { errorText, type Sentences } from '../error-text.ts';
import { msg } from '../localize.ts';
import { CountersignPhoneField } from '../phone-field/phone-field.ts';
import { register } from '../register.ts';
import { CountersignTextField } from '../text-field/text-field.ts';
import type { StepContent } from '../view.ts';
import type { OwnContext } from './own-content.ts';
import { credentialSentences, passwordField, passwordIn } from './password-field.ts';
import { way } from './ways.ts';

const sentences: Sentences = {
  ...addressSentences,
  ...credentialSentences,
  'user.email_already_in_use': () =>
    msg('There is an account with this e-mail address. Sign in to it, or use another one.'),
  'user.phone_already_in_use': () =>
    msg('There is an account with this phone number. Sign in to it, or use another one.'),
};

/** The type that is asked for now: the one last chosen, else the operator's first. */
const typeOf = ({ identifiers }: IdentifyStep, draft: Identifier | null): IdentifierType =>
  identifiers.find((type) => type === draft?.type) ?? identifiers[0] ?? 'email';

/** Whether one form serves for both; where there is a choice, who it is comes first. */
const asksPassword = ({ methods }: IdentifyStep): boolean => String(methods) === 'password';

interface Address {
  draft: Identifier | null;
  error: string;
}

/** Where there are passwords, the address is the name that a password manager knows the account by. */
const addressField = (step: IdentifyStep, type: IdentifierType, { draft, error }: Address): TemplateResult => {
  const value = draft?.type === type && !step.notice ? draft.value : '';
  const username = step.methods.includes('password') ? 'username' : '';
  const hint = step.methods[0] === 'password' ? '' : msg('We send a code to it, to be sure that it is yours.');
  if (type === 'phone') {
    register('countersign-phone-field', CountersignPhoneField);
    return html`<countersign-phone-field
      name="identifier"
      required
      .autocomplete=${username || 'tel'}
      .countries=${step.countries}
      .value=${value}
      .hint=${hint}
      .error=${error}
    ></countersign-phone-field>`;
  }
  register('countersign-text-field', CountersignTextField);
  return html`<countersign-text-field
    name="identifier"
    type="email"
    required
    .autocomplete=${username || 'email'}
    .value=${value}
    .hint=${hint}
    .error=${error}
  ></countersign-text-field>`;
};

const others: Readonly<Record<IdentifierType, () => string>> = {
  email: () => msg('Use your e-mail address instead'),
  phone: () => msg('Use your phone number instead'),
};

const headingOf = (step: IdentifyStep, { kind }: OwnContext): string => {
  if (step.notice) return msg('You have an account already');
  return kind === 'sign-up' ? msg('Create your account') : msg('Sign in');
};

/** One form for all that is asked: the address, and with it the password where the server takes both. */
export const identify = (step: IdentifyStep, context: OwnContext): StepContent => {
  const { draft, keepDraft, links, problem, fieldError } = context;
  const type = typeOf(step, draft);
  // What the notice says need not be said twice.
  const said = problem?.code === step.notice ? '' : fieldError && errorText(problem, sentences);
  const ofBoth = problem?.code === 'session.invalid_credentials';
  const oneForm = asksPassword(step);
  const rest = step.identifiers.filter((each) => each !== type);
  return {
    heading: headingOf(step, context),
    ...(step.notice && { lead: errorText({ code: step.notice }, sentences) }),
    body: html`<div class="countersign-fields">
      ${addressField(step, type, { draft, error: ofBoth ? '' : said })}
      ${oneForm ? passwordField({ autocomplete: 'current-password', error: ofBoth ? said : '' }) : nothing}
    </div>`,
    primary: oneForm ? msg('Sign in') : msg('Continue'),
    submit: (data) => {
      const identifier = { type, value: String(data.get('identifier') ?? '') };
      keepDraft(identifier);
      return { type: 'identify', identifier, ...(oneForm && { password: passwordIn(data) }) };
    },
    ways: [...rest.map((each) => way(others[each](), () => keepDraft({ type: each, value: '' }))), ...links],
  };
};
