import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long an answer may take, in milliseconds, before the person is told that it is still waited for. */
const enough = 5000;

/** Notices when something that is waited for takes long. */
export class Patience implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isWaiting: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether it takes longer than it should; known before the host is drawn. */
  isOver = false;

  constructor(host: ReactiveControllerHost, isWaiting: () => boolean) {
    this.#host = host;
    this.#isWaiting = isWaiting;
    host.addController(this);
  }

  hostUpdate(): void {
    if (!this.#isWaiting()) return this.hostDisconnected();
    this.#timer ??= setTimeout(() => {
      this.isOver = true;
      this.#host.requestUpdate();
    }, enough);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.isOver = false;
  }
}
