import type { CompleteStep } from '@countersign/core/flow';

/** A flow is done; hand `proof` to the host's server, which redeems it. What the page shows proves nothing. */
export class CompleteEvent extends Event {
  /** A JWS, valid for 60 seconds, redeemed once. */
  readonly proof: string;
  /** The factors that the user holds now, masked. */
  readonly held: CompleteStep['held'];
  /** Authentication methods (RFC 8176). */
  readonly amr: CompleteStep['amr'];

  constructor({ result, held, amr }: CompleteStep) {
    super('countersign-complete', { bubbles: true, composed: true });
    this.proof = result.proof;
    this.held = held;
    this.amr = amr;
  }
}

declare global {
  interface HTMLElementEventMap {
    'countersign-complete': CompleteEvent;
  }
}
