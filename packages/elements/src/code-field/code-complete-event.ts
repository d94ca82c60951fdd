import type { CodeSource } from './attempts.ts';

/** All digits of a code are there; fired once per complete value. Cancelling it keeps `auto-submit` from submitting. */
export class CodeCompleteEvent extends Event {
  /** The digits, in ASCII. */
  readonly code: string;
  readonly source: CodeSource;

  constructor(code: string, source: CodeSource) {
    super('countersign-code-complete', { bubbles: true, composed: true, cancelable: true });
    this.code = code;
    this.source = source;
  }
}

declare global {
  interface HTMLElementEventMap {
    'countersign-code-complete': CodeCompleteEvent;
  }
}
