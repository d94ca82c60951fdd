import type { PropertyDeclarations } from 'lit';
import { OwnFlowElement } from '../flow-element/own-flow-element.ts';

/**
 * Signs in with an address and a password, and with a second step where it is on. It ends with a session. See
 * {@link CountersignFlowElement} for what all flow elements have in common.
 */
export class CountersignSignIn extends OwnFlowElement {
  static override readonly properties: PropertyDeclarations = {
    signUpUrl: { attribute: 'sign-up-url' },
  };

  override readonly kind = 'sign-in';

  /**
   * The page that signs up. It is linked by an `<a>` in the page's own tree, so that a router which catches clicks on
   * links catches this one too. Empty: no link.
   */
  signUpUrl = '';

  protected override get otherUrl(): string {
    return this.signUpUrl;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-sign-in': CountersignSignIn;
  }
}
