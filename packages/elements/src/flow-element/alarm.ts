import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** When something changes by itself, and what is done then. */
export interface AlarmOptions {
  /** Milliseconds until then; 0 or less for never. Asked after each drawing. */
  wait: () => number;
  ring: () => void;
}

/** Rings when what is shown changes by itself, as when a code expires. */
export class Alarm implements ReactiveController {
  readonly #options: AlarmOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, options: AlarmOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    this.hostDisconnected();
    const wait = this.#options.wait();
    if (wait > 0) this.#timer = setTimeout(this.#options.ring, wait);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
