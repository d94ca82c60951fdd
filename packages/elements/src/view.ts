import type { ClientFactor } from '@countersign/client';
import type { FactorContract } from '@countersign/core/contract';
import type { Action, Problem, SetupFactorStep, VerifyFactorStep } from '@countersign/core/flow';
import type { TemplateResult } from 'lit';

/** What a step shows, in the order in which it is always shown. */
export interface StepContent<C extends FactorContract = FactorContract> {
  /** A sentence that says what to do. */
  heading: string;
  /** One line that says where the code went, or why. */
  lead?: string;
  /** The field, with its error or hint. */
  body?: TemplateResult;
  /** Label of the primary button; none where a choice is the body. */
  primary?: string;
  /** The action that submitting the form sends; null for none. */
  submit?: (data: FormData) => Action<C> | null;
  /** Secondary ways, as plain text buttons. */
  ways?: readonly TemplateResult[];
  /** When the step looks different by itself, or the server may know more, in milliseconds of the client's clock. */
  wakeAt?: number | undefined;
}

/** What a view is given besides its step. */
export interface ViewContext<C extends FactorContract = FactorContract> {
  /** The refusal of the last action; null for none. */
  problem: Problem | null;
  /** The sentence for it where it concerns what was typed; empty otherwise. A view with better words may say them. */
  fieldError: string;
  /** The id of the flow that the step is of; empty before there is one. */
  flow: string;
  /** Milliseconds of the client's clock, which deadlines are read against. */
  now: () => number;
  /** When a time of the server's comes, on that clock. */
  deadline(time: string): number;
  send(action: Action<C>): void;
  /** Tries again, or begins anew. */
  again: () => void;
  /** Asks for the content once more, because what it depends on has changed. */
  redraw: () => void;
}

/** Shows a step; null while the view is being loaded, when the element goes on showing what it showed. */
export type StepView<S, C extends FactorContract = FactorContract> = (
  step: S,
  context: ViewContext<C>,
) => StepContent<C> | null;

/** The view of a factor: pure functions of a step. A new factor is one of these in the list given to `define`. */
export interface FactorView<C extends FactorContract = FactorContract> {
  client: ClientFactor<C>;
  /** What the factor is called in lists ("Text message"). */
  name(): string;
  /** An SVG path on a grid of 20 by 20, to be drawn with a line of 1.5. */
  icon: string;
  /** Whether it only stands in for others, as codes on paper do. Default: false. */
  isBackup?: boolean;
  /** What a held factor's target says in lists. Default: the target itself. */
  targetText?(target: string): string;
  setup(step: SetupFactorStep<C>, context: ViewContext<C>): StepContent<C> | null;
  verify(step: VerifyFactorStep<C>, context: ViewContext<C>): StepContent<C> | null;
}
