import { RegainElement } from '../regain/regain-element.ts';

/**
 * Gives a new password to whoever forgot theirs: a code to the address, the second factor where it is on, a password.
 * It ends without a session and without a proof. See {@link CountersignFlowElement} for what all flow elements have in
 * common.
 */
export class CountersignResetPassword extends RegainElement {
  override readonly kind = 'reset-password';
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-reset-password': CountersignResetPassword;
  }
}
