import { html } from 'lit';
import { msg } from '../localize.ts';
import type { OwnStep } from '../steps/content-of.ts';
import type { OwnContext, ownContent } from '../steps/own-content.ts';
import type { StepContent } from '../view.ts';

/** The steps are those of signing up and in; what they are for is said here. */
const wordsFor = (step: OwnStep, { kind }: OwnContext): Partial<StepContent> => {
  const isRecovery = kind === 'recover';
  switch (step.name) {
    case 'identify':
      return isRecovery
        ? {
            heading: msg('Recover your account'),
            lead: msg('For when nothing is left to verify with, no backup code either.'),
            primary: msg('Continue'),
          }
        : { heading: msg('Reset your password') };
    case 'enter-password':
      return { primary: msg('Continue') };
    case 'set-password':
      return { heading: msg('Choose a new password') };
    default:
      return {};
  }
};

const changed = ({ links }: OwnContext): StepContent => ({
  heading: msg('Your password is changed'),
  body: html`<p class="countersign-message countersign-done">${msg('Sign in with it.')}</p>`,
  ways: links,
});

/** What is given besides: the views that the steps have elsewhere, handed in lest both come to lie in a third file. */
interface RegainContext extends OwnContext {
  ownContent: typeof ownContent;
}

/** What is shown to who regains an account; null while it is being loaded. */
export const regainContent = (step: OwnStep, context: RegainContext): StepContent | null => {
  const isChanged = step.name === 'complete' && context.kind === 'reset-password';
  const content = isChanged ? changed(context) : context.ownContent(step, context);
  return content && { ...content, ...wordsFor(step, context) };
};
