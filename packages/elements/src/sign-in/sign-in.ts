import type { PropertyDeclarations } from 'lit';
import { type OtherPage, OwnFlowElement } from '../flow-element/own-flow-element.ts';
import { msg } from '../localize.ts';

/**
 * Signs in with an address and a password, and with a second step where it is on. It ends with a session. See
 * {@link CountersignFlowElement} for what all flow elements have in common.
 */
export class CountersignSignIn extends OwnFlowElement {
  static override readonly properties: PropertyDeclarations = {
    signUpUrl: { attribute: 'sign-up-url' },
    resetPasswordUrl: { attribute: 'reset-password-url' },
  };

  override readonly kind = 'sign-in';

  /**
   * The page that signs up. It is linked by an `<a>` in the page's own tree, so that a router which catches clicks on
   * links catches this one too. Empty: no link.
   */
  signUpUrl = '';

  /** The page that resets a forgotten password, linked in the same way. */
  resetPasswordUrl = '';

  protected override otherPages(): OtherPage[] {
    return [
      [msg('Forgot your password?'), this.resetPasswordUrl],
      [msg('Create an account'), this.signUpUrl],
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-sign-in': CountersignSignIn;
  }
}
