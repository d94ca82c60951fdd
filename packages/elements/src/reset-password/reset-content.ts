import { html } from 'lit';
import { msg } from '../localize.ts';
import type { OwnStep } from '../steps/content-of.ts';
import type { OwnContext, ownContent } from '../steps/own-content.ts';
import type { StepContent } from '../view.ts';

/** The steps are those of signing up; what they are for is said here. */
const wordsFor = (step: OwnStep): Partial<StepContent> => {
  switch (step.name) {
    case 'identify':
      return { heading: msg('Reset your password') };
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
interface ResetContext extends OwnContext {
  ownContent: typeof ownContent;
}

/** What is shown while a password is reset; null while it is being loaded. */
export const resetContent = (step: OwnStep, context: ResetContext): StepContent | null => {
  const content = step.name === 'complete' ? changed(context) : context.ownContent(step, context);
  return content && { ...content, ...wordsFor(step) };
};
