import type { EnterPasswordStep } from '@countersign/core/flow';
import { html } from 'lit';
import { errorText } from '../error-text.ts';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import type { OwnContext } from './own-content.ts';
import { credentialSentences, passwordField, passwordIn, whose } from './password-field.ts';
import { way } from './ways.ts';

/** Asks for the password of somebody who is named already. */
export const enterPassword = (step: EnterPasswordStep, context: ViewContext & Partial<OwnContext>): StepContent => {
  const { problem, fieldError, send, links = [] } = context;
  const error = fieldError && errorText(problem, credentialSentences);
  const { identifier, actions } = step;
  // Who is signed in already only confirms something, and is nobody else.
  const isSignIn = actions.includes('back');
  return {
    heading: msg('Enter your password'),
    lead: msg(str`For ${identifier.value}.`),
    body: html`${whose(identifier)}${passwordField({ autocomplete: 'current-password', error })}`,
    primary: isSignIn ? msg('Sign in') : msg('Confirm'),
    submit: (data) => ({ type: 'submit-password', password: passwordIn(data) }),
    ways: [...(isSignIn ? [way(msg('Use another account'), () => send({ type: 'back' }))] : []), ...links],
  };
};
