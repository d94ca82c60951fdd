import type { ClientState } from '@countersign/client';
import type { FactorContract } from '@countersign/core/contract';
import type {
  CompleteStep,
  EnterCodeStep,
  EnterPassStep,
  EnterPasswordStep,
  IdentifyStep,
  SetPasswordStep,
  Step,
  TurnOnStep,
  VerifyFactorStep,
} from '@countersign/core/flow';
import { loadRefusals } from '../error-text.ts';
import { late } from '../late.ts';
import type { FactorView, StepContent, ViewContext } from '../view.ts';
import { loading, offline } from './states.ts';
import { withWaysOn } from './ways.ts';

/** Steps that are not the same in every kind of flow: those of a person who begins it without a host, and the end. */
export type OwnStep =
  IdentifyStep | EnterCodeStep | SetPasswordStep | EnterPasswordStep | EnterPassStep | TurnOnStep | CompleteStep;

/** What the views of steps are given. */
export interface StepContext extends ViewContext {
  /** The factors that can be shown. */
  views: readonly FactorView[];
  /** Shows one of the own steps; null while its view is being loaded. */
  showOwn: (step: OwnStep) => StepContent | null;
}

/** Where a flow has stopped, or this page can't go on with it. */
export const stopped = late(async () => (await import('./stopped.ts')).stopped);

/** Has at hand what may be needed when the page is so old that its files are gone, or the connection is. */
export const preload = async (): Promise<void> => {
  try {
    await Promise.all([loadRefusals(), import('./stopped.ts')]);
  } catch {
    // Where a flow has stopped is loaded again when it is shown; refusals are said in general words.
  }
};

const trust = late(async () => (await import('./trust.ts')).withTrust);
const blocked = late(async () => (await import('./blocked.ts')).blocked);
const chooseFactor = late(async () => (await import('./choose-factor.ts')).chooseFactor);

const viewFor = (views: readonly FactorView[], type: string): FactorView => {
  const view = views.find(({ client }) => client.type === type);
  if (!view) throw new Error(`no view: ${type}`);
  return view;
};

const verifyFactor = (step: VerifyFactorStep<FactorContract>, context: StepContext): StepContent | null => {
  const content = viewFor(context.views, step.factor).verify(step, context);
  return content && step.trustDevice ? trust({ content, days: step.trustDevice.days }, context) : content;
};

const stepContent = (step: Step<FactorContract>, context: StepContext): StepContent | null => {
  switch (step.name) {
    case 'choose-factor':
      return chooseFactor(step, context);
    case 'setup-factor':
    case 'save-backup-codes':
      return viewFor(context.views, step.factor).setup(step, context);
    case 'verify-factor':
      return verifyFactor(step, context);
    case 'blocked':
      return blocked(step, context);
    default:
      return context.showOwn(step);
  }
};

/** What is shown in a state of the client; null while it is being loaded. */
export const contentOf = (state: ClientState, context: StepContext): StepContent | null => {
  const { again } = context;
  switch (state.name) {
    case 'idle':
    case 'loading':
      return loading();
    case 'ready':
    case 'sending':
    case 'complete': {
      const { step } = state.view.flow;
      return withWaysOn(stepContent(step, context), step, context);
    }
    case 'offline':
      return offline(again);
    default:
      return stopped(state, context);
  }
};
