import type { SetupFactorStep, VerifyFactorStep } from '@countersign/core/flow';
import { errorText, type Sentences } from '@countersign/elements/error-text';
import { msg } from '@countersign/elements/localize';
import type { StepContent, ViewContext } from '@countersign/elements/view';
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { html } from 'lit';
import type { PasskeyContract, RequestOptions } from './contract.ts';
import { passkeyMemory } from './view-memory.ts';

type Context = ViewContext<PasskeyContract>;
type Setup = SetupFactorStep<PasskeyContract>;
type Verify = VerifyFactorStep<PasskeyContract>;

const memory = passkeyMemory(() => localStorage);

/** The step at which the browser gave no passkey, and what is said about it. */
let stopped: { step: string; sentence: string } | null = null;

/** The flow in which the list was opened: whoever comes back from it has chosen the passkey. */
let listedIn = '';

/** What went wrong, said in a place that is there before. */
const said = (step: { id: string }, { problem }: Context) => {
  const isRefused = problem?.code === 'session.mfa.webauthn_verification_failed';
  const sentence = stopped?.step === step.id ? stopped.sentence : '';
  return html`<p class="countersign-message" role="status">${isRefused ? errorText(problem, sentences) : sentence}</p>`;
};

const stop = (step: { id: string }, sentence: string, { redraw }: Context): void => {
  stopped = { step: step.id, sentence };
  redraw();
};

const sentences: Sentences = {
  'session.mfa.webauthn_verification_failed': () => msg('That passkey could not be confirmed. Try again.'),
};

/** An authenticator that refuses because it has one already says so by this name. */
const sentenceFor = (error: unknown): string =>
  error instanceof Error && error.name === 'InvalidStateError'
    ? msg('This device already has a passkey for this account.')
    : msg('No passkey was created. Try again when you are ready.');

/** How often the browser was asked for a passkey. One request that gave way to the next leaves it to that one to speak. */
let asked = 0;

const createPasskey = async (step: Setup, context: Context): Promise<void> => {
  const mine = (asked += 1);
  try {
    const credential = await startRegistration({ optionsJSON: step.options });
    context.send({ type: 'register', credential });
  } catch (error) {
    if (mine === asked) stop(step, sentenceFor(error), context);
  }
};

const unsupported = (): string => msg('This browser can\u2019t use passkeys. Use another way, or another browser.');

/** Makes a passkey, once the person presses the button. */
export const create = (step: Setup, context: Context): StepContent<PasskeyContract> => {
  const heading = msg('Create a passkey');
  if (!browserSupportsWebAuthn()) return { heading, lead: unsupported() };
  return {
    heading,
    lead: msg('You confirm that it is you with your face, your fingerprint, or the way you unlock this device.'),
    body: said(step, context),
    primary: stopped?.step === step.id ? msg('Try again') : msg('Create a passkey'),
    submit: () => {
      void createPasskey(step, context);
      return null;
    },
  };
};

/** Other ways are better than a passkey that is not here: the list is opened, now and when this browser is back. */
const openList = ({ flow, send }: Context): void => {
  listedIn = flow;
  send({ type: 'switch' });
};

const usePasskey = async (step: Verify, optionsJSON: RequestOptions, context: Context): Promise<void> => {
  const mine = (asked += 1);
  try {
    const credential = await startAuthentication({ optionsJSON });
    memory.remember(false);
    context.send({ type: 'authenticate', credential });
  } catch {
    if (mine !== asked) return;
    memory.remember(true);
    if (step.actions.includes('switch')) openList(context);
    else stop(step, msg('No passkey was used. Try again when you are ready.'), context);
  }
};

/** Whether the list is to be shown in the place of a step that nobody chose. */
const isListFirst = ({ actions }: Verify, { flow }: Context): boolean =>
  listedIn !== flow && actions.includes('switch') && memory.hasFailed();

/** Asks for a passkey, once the person presses the button; the list first where passkeys failed in this browser. */
export const use = (step: Verify, context: Context): StepContent<PasskeyContract> => {
  const heading = msg('Use your passkey');
  const { options } = step;
  if (options === null) return { heading, lead: msg('Your passkey does not work on this page. Use another way.') };
  if (!browserSupportsWebAuthn()) return { heading, lead: unsupported() };
  if (isListFirst(step, context)) {
    listedIn = context.flow;
    // After this drawing, of which the answer makes another.
    queueMicrotask(() => openList(context));
  }
  return {
    heading,
    lead: msg('Confirm that it is you with your face, your fingerprint, or the way you unlock this device.'),
    body: said(step, context),
    primary: stopped?.step === step.id ? msg('Try again') : msg('Use passkey'),
    submit: () => {
      void usePasskey(step, options, context);
      return null;
    },
  };
};
