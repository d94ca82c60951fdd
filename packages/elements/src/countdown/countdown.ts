import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { CountersignElement } from '../element.ts';
import { msg, str } from '../localize.ts';
import { tokens } from '../styles/tokens.ts';
import { clockTime } from './clock-time.ts';
import { CountdownEndEvent } from './countdown-end-event.ts';
import { countdownStyles } from './countdown.styles.ts';

/**
 * Shows the time that is left until something may be done, and then what it may be done with. It reads the clock at
 * each tick instead of counting ticks, so it is right after sleep and in a tab that was in the background.
 *
 * @fires {CountdownEndEvent} countersign-countdown-end - The time is over; not fired if it was over from the start.
 * @slot - What is shown instead when the time is over, such as a button "Send again".
 * @csspart timer - The ring and the text.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-hairline - Lines that only divide.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-small - Size of labels and messages, 14px.
 */
export class CountersignCountdown extends CountersignElement {
  static override readonly properties: PropertyDeclarations = {
    left: { state: true },
    isSpoken: { state: true },
    until: { type: Number },
    clock: { attribute: false, hasChanged: () => false },
    label: { attribute: false },
    announcement: {},
  };

  static override readonly styles = [tokens, countdownStyles];

  #timer: ReturnType<typeof setTimeout> | undefined;
  #total = 0;

  private left = 0;
  private isSpoken = false;

  /** When it is over, in milliseconds of `clock`. */
  until = 0;

  /**
   * The clock that `until` is measured with; by default one that starts with the page and can't be set. Another one is
   * read from the next tick on.
   */
  clock: () => number = () => performance.now();

  /** The text beside the ring, given the time that is left (`0:42`). */
  label: (time: string) => string = (time) => msg(str`Send again in ${time}`);

  /** What a screen reader says, once, when the time is over. */
  announcement = '';

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#tick);
    this.#tick();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#tick);
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('until')) return;
    this.#total = this.left = this.#remaining;
    this.isSpoken = false;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('until')) this.#schedule();
  }

  get #remaining(): number {
    return Math.max(0, this.until - this.clock());
  }

  readonly #tick = (): void => {
    if (this.left === 0) return;
    this.left = this.#remaining;
    this.#schedule();
    if (this.left === 0) this.#end();
  };

  /** The next tick is when the next second begins; one that was taken out before it was drawn has none. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.isConnected && this.left > 0) this.#timer = setTimeout(this.#tick, this.left % 1000 || 1000);
  }

  #end(): void {
    this.isSpoken = true;
    this.dispatchEvent(new CountdownEndEvent());
  }

  protected override render(): TemplateResult {
    const isOver = this.left === 0;
    return html`<span class="timer" part="timer" role="timer" ?hidden=${isOver}>
        <svg viewBox="0 0 18 18" aria-hidden="true">
          <circle class="track" cx="9" cy="9" r="8" />
          <circle
            class="left"
            cx="9"
            cy="9"
            r="8"
            pathLength="1"
            stroke-dasharray="${this.left / this.#total || 0} 1"
          />
        </svg>
        <span>${this.label(clockTime(this.left))}</span>
      </span>
      <div ?hidden=${!isOver}><slot></slot></div>
      <span class="spoken" role="status"
        >${this.isSpoken ? this.announcement || msg('It can be sent again now.') : ''}</span
      >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-countdown': CountersignCountdown;
  }
}
