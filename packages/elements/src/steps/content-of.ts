import type { ClientState } from '@countersign/client';
import type { FactorContract } from '@countersign/core/contract';
import type {
  EnterCodeStep,
  EnterPassStep,
  EnterPasswordStep,
  IdentifyStep,
  SetPasswordStep,
  Step,
  TurnOnStep,
} from '@countersign/core/flow';
import { late } from '../late.ts';
import type { FactorView, StepContent, ViewContext } from '../view.ts';
import { complete } from './complete.ts';
import { expired, failed, loading, offline, unsupported } from './states.ts';
import { withWaysOn } from './ways.ts';

/** Steps that only flows have which a person begins without a host. */
export type OwnStep = IdentifyStep | EnterCodeStep | SetPasswordStep | EnterPasswordStep | EnterPassStep | TurnOnStep;

/** What the views of steps are given. */
export interface StepContext extends ViewContext {
  /** The factors that can be shown. */
  views: readonly FactorView[];
  /** Shows one of the own steps; null while its view is being loaded. */
  showOwn: (step: OwnStep) => StepContent | null;
}

const blocked = late(async () => (await import('./blocked.ts')).blocked);
const chooseFactor = late(async () => (await import('./choose-factor.ts')).chooseFactor);

const viewFor = (views: readonly FactorView[], type: string): FactorView => {
  const view = views.find(({ client }) => client.type === type);
  if (!view) throw new Error(`the client let a step of "${type}" through, for which there is no view`);
  return view;
};

const stepContent = (step: Step<FactorContract>, context: StepContext): StepContent | null => {
  switch (step.name) {
    case 'choose-factor':
      return chooseFactor(step, context);
    case 'setup-factor':
    case 'save-backup-codes':
      return viewFor(context.views, step.factor).setup(step, context);
    case 'verify-factor':
      return viewFor(context.views, step.factor).verify(step, context);
    case 'blocked':
      return blocked(step, context);
    case 'complete':
      return complete(step);
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
    case 'expired':
      return expired(again);
    case 'failed':
      return failed(state.problem, again);
    case 'unsupported':
      return unsupported();
  }
};
