import { RegainElement } from '../regain/regain-element.ts';

/**
 * Lets somebody in again who holds nothing to verify with: address and password, the pass that an administrator gave
 * them, and a new factor, which can't be skipped. It ends with a session. See {@link CountersignFlowElement} for what
 * all flow elements have in common.
 */
export class CountersignRecover extends RegainElement {
  override readonly kind = 'recover';
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-recover': CountersignRecover;
  }
}
