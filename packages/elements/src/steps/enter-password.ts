import type { EnterPasswordStep } from '@countersign/core/flow';
import { html } from 'lit';
import { errorText } from '../error-text.ts';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import { credentialSentences, passwordField, passwordIn, whose } from './password-field.ts';
import { way } from './ways.ts';

/** Asks for the password of somebody who is named already. */
export const enterPassword = (step: EnterPasswordStep, { problem, fieldError, send }: ViewContext): StepContent => {
  const error = fieldError && errorText(problem, credentialSentences);
  const { identifier } = step;
  return {
    heading: msg('Enter your password'),
    lead: msg(str`For ${identifier.value}.`),
    body: html`${whose(identifier)}${passwordField({ autocomplete: 'current-password', error })}`,
    primary: msg('Sign in'),
    submit: (data) => ({ type: 'submit-password', password: passwordIn(data) }),
    ways: [way(msg('Use another account'), () => send({ type: 'back' }))],
  };
};
