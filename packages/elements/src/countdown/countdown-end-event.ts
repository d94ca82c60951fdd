/** The time of a countdown that was seen running is over. */
export class CountdownEndEvent extends Event {
  constructor() {
    super('countersign-countdown-end', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'countersign-countdown-end': CountdownEndEvent;
  }
}
