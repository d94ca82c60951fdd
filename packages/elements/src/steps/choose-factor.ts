import type { ChooseFactorStep, HeldFactorView } from '@countersign/core/flow';
import { html } from 'lit';
import { errorText, type Sentences } from '../error-text.ts';
import type { ChooseEvent } from '../factor-list/choose-event.ts';
import { CountersignFactorList } from '../factor-list/factor-list.ts';
import { msg } from '../localize.ts';
import { register } from '../register.ts';
import type { StepContent } from '../view.ts';
import type { StepContext } from './content-of.ts';

const sentences: Sentences = {
  'session.mfa.mfa_factor_not_enabled': () => msg('To go on, set up 2-step verification first.'),
};

/** A factor that is not held yet has no target, and its type for an id. */
const toSetUp = (type: string): HeldFactorView => ({ id: type, type, target: '', name: null });

const headingOf = ({ mode, suggestion }: ChooseFactorStep): string => {
  if (mode === 'verify') return msg('Choose how to confirm that it is you');
  return suggestion ? msg('Add another 2-step verification') : msg('Choose a second step');
};

const leadOf = ({ suggestion, notice }: ChooseFactorStep): string => {
  if (suggestion)
    return msg('2-step verification is on. With one more way you also get in when the first is not at hand.');
  return notice ? errorText({ code: notice }, sentences) : '';
};

/** A list of ways; those that this page can't show are left out. */
export const chooseFactor = (step: ChooseFactorStep, { views, send }: StepContext): StepContent => {
  register('countersign-factor-list', CountersignFactorList);
  const isToVerify = step.mode === 'verify';
  const choose = ({ factor: { id } }: ChooseEvent): void =>
    send({ type: 'choose', ...(isToVerify ? { factorId: id } : { factor: id }) });
  return {
    heading: headingOf(step),
    lead: leadOf(step),
    body: html`<countersign-factor-list
      .views=${views}
      .factors=${isToVerify ? step.held : step.available.map(toSetUp)}
      @countersign-choose=${choose}
    ></countersign-factor-list>`,
  };
};
