import type { SetPasswordStep } from '@countersign/core/flow';
import type { ErrorDetails } from '@countersign/core/errors';
import { html } from 'lit';
import { errorText, type Sentences } from '../error-text.ts';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import { passwordField, passwordIn, whose } from './password-field.ts';

const rejected = ({ reason }: ErrorDetails): string => {
  switch (reason) {
    case 'too-short':
      return msg('This password is too short. Use a longer one.');
    case 'too-long':
      return msg('This password is too long. Use a shorter one.');
    case 'personal':
      return msg('Your address, or the name of this service, is in this password. Choose another one.');
    default:
      return msg('Many people use this password, so it is easy to guess. Choose another one.');
  }
};

const sentences: Sentences = { 'password.rejected': rejected };

/** Asks for a new password, and says what is wrong with one that is easily guessed. */
export const setPassword = (step: SetPasswordStep, { problem, fieldError }: ViewContext): StepContent => {
  const error = fieldError && errorText(problem, sentences);
  const { identifier, minLength, maxLength } = step;
  const hint = msg(str`At least ${minLength} characters. A few words in a row are easy to keep in mind.`);
  return {
    heading: msg('Choose a password'),
    lead: msg(str`For ${identifier.value}.`),
    body: html`${whose(identifier)}${passwordField({ autocomplete: 'new-password', error, hint, minLength, maxLength })}`,
    primary: msg('Continue'),
    submit: (data) => ({ type: 'set-password', password: passwordIn(data) }),
  };
};
