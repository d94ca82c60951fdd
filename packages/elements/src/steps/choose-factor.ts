import type { ChooseFactorStep } from '@countersign/core/flow';
import { html, type TemplateResult } from 'lit';
import { errorText } from '../error-text.ts';
import { msg } from '../localize.ts';
import type { FactorView, StepContent, ViewContext } from '../view.ts';

const choice = (view: FactorView, target: string, choose: () => void): TemplateResult =>
  html`<li>
    <button type="button" class="countersign-link countersign-choice" @click=${choose}>
      ${view.icon}<span>${view.name()}</span><bdi>${target}</bdi>
    </button>
  </li>`;

const toVerify = ({ held }: ChooseFactorStep, views: readonly FactorView[], { send }: ViewContext): TemplateResult[] =>
  held.flatMap(({ id, type, target }) => {
    const view = views.find(({ client }) => client.type === type);
    return view ? [choice(view, target, () => send({ type: 'choose', factorId: id }))] : [];
  });

const toSetUp = (
  { available }: ChooseFactorStep,
  views: readonly FactorView[],
  { send }: ViewContext,
): TemplateResult[] =>
  available.flatMap((type) => {
    const view = views.find(({ client }) => client.type === type);
    return view ? [choice(view, '', () => send({ type: 'choose', factor: type }))] : [];
  });

/** A list of ways; those that this page can't show are left out. */
export const chooseFactor = (
  step: ChooseFactorStep,
  views: readonly FactorView[],
  context: ViewContext,
): StepContent => {
  const choices = step.mode === 'verify' ? toVerify(step, views, context) : toSetUp(step, views, context);
  const heading = step.mode === 'verify' ? msg('Choose how to confirm that it is you') : msg('Choose a second step');
  const lead = step.notice ? { lead: errorText({ code: step.notice }) } : {};
  return {
    heading,
    ...lead,
    body: html`<ul class="countersign-choices">
      ${choices}
    </ul>`,
  };
};
