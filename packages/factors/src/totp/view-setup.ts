import { msg } from '@countersign/elements/localize';
import { CountersignQrCode } from '@countersign/elements/qr-code/qr-code';
import { register } from '@countersign/elements/register';
import { way } from '@countersign/elements/steps/ways';
import type { StepContent, ViewContext } from '@countersign/elements/view';
import type { SetupFactorStep } from '@countersign/core/flow';
import { html, type TemplateResult } from 'lit';
import type { TotpContract } from './contract.ts';
import { codeEntry } from './view-enter.ts';

type KeyStep = SetupFactorStep<TotpContract>;
type Outcome = 'copied' | 'selected';

/** What became of copying, by the step that it was done at; a step that comes again has its own. */
const outcomes = new Map<string, Outcome>();

const said = (outcome: Outcome | undefined): string => {
  if (outcome === 'copied') return msg('Copied.');
  return outcome === 'selected' ? msg('The key is selected. Copy it with your keyboard.') : '';
};

/** Without the spaces, which some apps do not take. */
const copy = async (secret: string): Promise<Outcome> => {
  try {
    await navigator.clipboard.writeText(secret.replaceAll(' ', ''));
    return 'copied';
  } catch {
    // Not allowed here, or not there at all: the next best thing is one key away.
    const shown = document.querySelector('.countersign-key');
    if (shown) document.getSelection()?.selectAllChildren(shown);
    return 'selected';
  }
};

const key = ({ id, secret }: KeyStep, { redraw }: ViewContext<TotpContract>): TemplateResult => {
  const copyKey = async (): Promise<void> => {
    outcomes.set(id, await copy(secret));
    redraw();
  };
  return html`<div class="countersign-fields">
    <span class="countersign-label">${msg('Key to type or paste')}</span>
    <code class="countersign-message countersign-key" translate="no" dir="ltr">${secret}</code>
    ${way(msg('Copy the key'), () => void copyKey())}
    <span class="countersign-message" role="status">${said(outcomes.get(id))}</span>
  </div>`;
};

/**
 * Hands the key over as a picture, a link and a text, and asks for the first code made with it. The link leads to an app,
 * whatever the server says.
 */
export const setUpApp = (step: KeyStep, context: ViewContext<TotpContract>): StepContent<TotpContract> => {
  register('countersign-qr-code', CountersignQrCode);
  const { body, ...entry } = codeEntry(context);
  return {
    heading: msg('Set up your authenticator app'),
    lead: step.notice
      ? msg(
          'To go on, set up 2-step verification first: scan the picture with the app, then enter the code that it shows.',
        )
      : msg('Scan the picture with the app, or copy the key into it. Then enter the code that it shows.'),
    body: html`<countersign-qr-code .value=${step.uri}></countersign-qr-code>
      <a class="countersign-link" href="otpauth:${step.uri.slice(8)}">${msg('Open authenticator app')}</a>
      ${key(step, context)} ${body}`,
    ...entry,
  };
};
