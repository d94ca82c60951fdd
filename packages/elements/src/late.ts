import type { FactorContract } from '@countersign/core/contract';
import { offline } from './steps/states.ts';
import type { StepContent } from './view.ts';

type View<S, X, C extends FactorContract> = (step: S, context: X) => StepContent<C> | null;

/**
 * A view of what is only shown sometimes, loaded when it first is: who never comes to it never pays for it. Not loaded
 * is not lost: the person is told, and may try again.
 */
export const late = <S, X extends { redraw: () => void }, C extends FactorContract>(
  load: () => Promise<View<S, X, C>>,
): View<S, X, C> => {
  let view: View<S, X, C> | Promise<void> | 'failed' | undefined;
  return (step, context) => {
    if (typeof view === 'function') return view(step, context);
    if (view === 'failed') {
      return offline(() => {
        view = undefined;
        context.redraw();
      });
    }
    view ??= load().then(
      (loaded) => void (view = loaded),
      () => void (view = 'failed'),
    );
    void view.then(context.redraw);
    return null;
  };
};
