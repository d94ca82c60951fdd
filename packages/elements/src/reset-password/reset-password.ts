import type { PropertyDeclarations } from 'lit';
import { type OtherPage, OwnFlowElement } from '../flow-element/own-flow-element.ts';
import { late } from '../late.ts';
import { msg } from '../localize.ts';
import { ownContent } from '../steps/own-content.ts';

// Whoever only signs in need not load the words for this.
const resetContent = late(async () => (await import('./reset-content.ts')).resetContent);

/**
 * Gives a new password to whoever forgot theirs: a code to the address, the second factor where it is on, a password.
 * It ends without a session and without a proof. See {@link CountersignFlowElement} for what all flow elements have in
 * common.
 */
export class CountersignResetPassword extends OwnFlowElement {
  static override readonly properties: PropertyDeclarations = {
    signInUrl: { attribute: 'sign-in-url' },
  };

  override readonly kind = 'reset-password';

  /** The page that signs in, linked before and after; empty: no link. */
  signInUrl = '';

  protected override readonly content: typeof ownContent = (step, context) =>
    resetContent(step, { ...context, ownContent });

  protected override otherPages(): OtherPage[] {
    return [[msg('Sign in'), this.signInUrl]];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-reset-password': CountersignResetPassword;
  }
}
