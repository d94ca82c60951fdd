import { CountersignFlowElement } from '../flow-element/flow-element.ts';

/** Adds a factor, after a held one was proved. See {@link CountersignFlowElement}. */
export class CountersignSetup extends CountersignFlowElement {
  override readonly kind = 'setup';
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-setup': CountersignSetup;
  }
}
