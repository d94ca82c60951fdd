import type { ClientState } from '@countersign/client';
import type { FactorContract } from '@countersign/core/contract';
import type { Step } from '@countersign/core/flow';
import type { FactorView, StepContent, ViewContext } from '../view.ts';
import { blocked } from './blocked.ts';
import { chooseFactor } from './choose-factor.ts';
import { complete } from './complete.ts';
import { expired, failed, loading, offline, unsupported } from './states.ts';
import { withSwitch } from './ways.ts';

const viewFor = (views: readonly FactorView[], type: string): FactorView => {
  const view = views.find(({ client }) => client.type === type);
  if (!view) throw new Error(`the client let a step of "${type}" through, for which there is no view`);
  return view;
};

const stepContent = (step: Step<FactorContract>, views: readonly FactorView[], context: ViewContext): StepContent => {
  switch (step.name) {
    case 'choose-factor':
      return chooseFactor(step, views, context);
    case 'setup-factor':
      return viewFor(views, step.factor).setup(step, context);
    case 'verify-factor': {
      const content = viewFor(views, step.factor).verify(step, context);
      return step.actions.includes('switch') ? withSwitch(content, context) : content;
    }
    case 'blocked':
      return blocked(step, context);
    case 'complete':
      return complete();
  }
};

/** What is shown in a state of the client. */
export const contentOf = (state: ClientState, views: readonly FactorView[], context: ViewContext): StepContent => {
  const { again } = context;
  switch (state.name) {
    case 'idle':
    case 'loading':
      return loading();
    case 'ready':
    case 'sending':
    case 'complete':
      return stepContent(state.view.flow.step, views, context);
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
