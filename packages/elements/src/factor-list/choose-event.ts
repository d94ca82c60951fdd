import type { HeldFactorView } from '@countersign/core/flow';

/** A factor of a list was chosen. */
export class ChooseEvent extends Event {
  readonly factor: HeldFactorView;

  constructor(factor: HeldFactorView) {
    super('countersign-choose', { bubbles: true, composed: true });
    this.factor = factor;
  }
}

declare global {
  interface HTMLElementEventMap {
    'countersign-choose': ChooseEvent;
  }
}
