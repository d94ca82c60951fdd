import type { FlowKind, FlowResult, Problem } from '@countersign/core/flow';
import { css } from 'lit';
import { codeStage } from '../code-stage.ts';
import { CountersignFlowElement } from '../flow-element/flow-element.ts';
import { late } from '../late.ts';
import type { OwnStep, StepContext } from '../steps/content-of.ts';
import { loading } from '../steps/states.ts';
import type { StepContent } from '../view.ts';

const enterPassword = late(async () => (await import('../steps/enter-password.ts')).enterPassword);

/** A flow that its account begins, in the session that there is; what it is for stands in `options.purpose`. */
export class AccountFlow extends CountersignFlowElement {
  /** It stands in a row of a list, whose heading is the larger one. */
  static override readonly styles = [
    ...super.styles,
    css`
      header {
        gap: var(--_cs-space);
        margin-block-end: calc(4 * var(--_cs-space));
      }
      header h2 {
        font-size: var(--_cs-medium);
      }
      header p {
        font-size: var(--_cs-small);
      }
    `,
  ];

  override kind: FlowKind = 'verify';

  protected override readonly beginsAlone = true;

  /** The server does not let this begin. */
  refused: (problem: Problem) => void = () => {};

  /** What the flow gave; nothing before its end. */
  get result(): FlowResult {
    const state = this.client?.state;
    const step = state?.name === 'complete' ? state.view.flow.step : null;
    return step?.name === 'complete' ? step.result : { type: 'none' };
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    const state = this.client?.state;
    if (state?.name === 'failed' && state.problem) this.refused(state.problem);
  }

  /** After the last step comes the change itself, which takes a moment more. */
  protected override showOwn(step: OwnStep, context: StepContext): StepContent | null {
    if (step.name === 'enter-code') return codeStage(step, context);
    if (step.name === 'enter-password') return enterPassword(step, context);
    return step.name === 'complete' ? loading() : super.showOwn(step, context);
  }
}
