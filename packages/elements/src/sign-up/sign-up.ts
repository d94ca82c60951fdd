import type { PropertyDeclarations } from 'lit';
import { type OtherPage, OwnFlowElement } from '../flow-element/own-flow-element.ts';
import { msg } from '../localize.ts';

/**
 * Makes an account: an address that is proved by a code, a password, and a second step as far as the operator wants
 * one. It ends with a session. See {@link CountersignFlowElement} for what all flow elements have in common.
 */
export class CountersignSignUp extends OwnFlowElement {
  static override readonly properties: PropertyDeclarations = {
    signInUrl: { attribute: 'sign-in-url' },
  };

  override readonly kind = 'sign-up';

  /**
   * The page that signs in. It is linked by an `<a>` in the page's own tree, so that a router which catches clicks on
   * links catches this one too. Empty: no link.
   */
  signInUrl = '';

  protected override otherPages(): OtherPage[] {
    return [[msg('Sign in instead'), this.signInUrl]];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-sign-up': CountersignSignUp;
  }
}
