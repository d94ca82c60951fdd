import { CountersignCodeField } from './code-field/code-field.ts';
import { CountersignCountdown } from './countdown/countdown.ts';
import { register } from './register.ts';
import type { FactorView } from './view.ts';

/** An element that shows factors. */
export interface ShowsFactors extends HTMLElement {
  readonly views: readonly FactorView[];
}

/**
 * Defines the elements given by tag, which show the factors given and no others, and the fields that every flow needs.
 * Does nothing outside browsers.
 */
export const define = (
  elements: Readonly<Record<string, new () => ShowsFactors>>,
  views: readonly FactorView[],
): void => {
  register('countersign-code-field', CountersignCodeField);
  register('countersign-countdown', CountersignCountdown);
  for (const [tag, Element] of Object.entries(elements)) {
    register(
      tag,
      class extends Element {
        override readonly views = views;
      },
    );
  }
};
