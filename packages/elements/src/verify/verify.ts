import { CountersignFlowElement } from '../flow-element/flow-element.ts';

/** Asks a user for a second factor, or for a first one where none is held yet. See {@link CountersignFlowElement}. */
export class CountersignVerify extends CountersignFlowElement {
  override readonly kind = 'verify';
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-verify': CountersignVerify;
  }
}
