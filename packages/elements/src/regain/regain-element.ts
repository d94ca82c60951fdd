import type { PropertyDeclarations } from 'lit';
import { type OtherPage, ownContent, OwnFlowElement } from '../flow-element/own-flow-element.ts';
import { late } from '../late.ts';
import { msg } from '../localize.ts';

// Whoever only signs in need not load the words for this.
const regainContent = late(async () => (await import('./regain-content.ts')).regainContent);

/** A flow of somebody who can't sign in: what resetting a password and recovering an account have in common. */
export abstract class RegainElement extends OwnFlowElement {
  static override readonly properties: PropertyDeclarations = {
    signInUrl: { attribute: 'sign-in-url' },
  };

  /** The page that signs in, linked before and after; empty: no link. */
  signInUrl = '';

  protected override readonly content: typeof ownContent = (step, context) =>
    regainContent(step, { ...context, ownContent });

  protected override otherPages(): OtherPage[] {
    return [[msg('Sign in'), this.signInUrl]];
  }
}
