import type { CompleteStep } from '@countersign/core/flow';

/**
 * A flow is done. One that a host began gives a `proof` for the host's server, which redeems it; one that the person
 * began gives a `session`, which the browser holds as a cookie unless the backend is at another origin. What the page
 * shows proves nothing.
 */
export class CompleteEvent extends Event {
  /** A JWS, valid for 60 seconds, redeemed once; empty where the flow gave a session. */
  readonly proof: string;
  /**
   * The session that has begun, and until when it lasts (ISO 8601); null where the flow gave a proof. `token` is its
   * bearer; null where the browser has a cookie.
   */
  readonly session: { token: string | null; expiresAt: string } | null;
  /** The factors that the user holds now, masked. */
  readonly held: CompleteStep['held'];
  /** Authentication methods (RFC 8176). */
  readonly amr: CompleteStep['amr'];

  constructor({ result, held, amr }: CompleteStep) {
    super('countersign-complete', { bubbles: true, composed: true });
    this.proof = result.type === 'proof' ? result.proof : '';
    this.session = result.type === 'session' ? { token: result.token, expiresAt: result.expiresAt } : null;
    this.held = held;
    this.amr = amr;
  }
}

declare global {
  interface HTMLElementEventMap {
    'countersign-complete': CompleteEvent;
  }
}
