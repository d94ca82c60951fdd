import type { Client, ClientState } from '@countersign/client';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The person, or the connection, is back: from another page, from another app or tab, from a tunnel. */
const returns = ['pageshow', 'visibilitychange', 'online'];

/** The only bridge between an element and the headless client: it starts it, listens to it, and stops it. */
export class ClientController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #create: () => Client | null;
  #client: Client | null = null;

  /** `create` gives null while the element does not know yet which flow it is to show. */
  constructor(host: ReactiveControllerHost & HTMLElement, create: () => Client | null) {
    this.#host = host;
    this.#create = create;
    host.addController(this);
  }

  get client(): Client | null {
    return this.#client;
  }

  get state(): ClientState {
    return this.#client?.state ?? { name: 'idle' };
  }

  /** The step that is shown, by its entry, and anew with each code that is sent; other states by their name. */
  get entry(): string {
    const { state } = this;
    if (!('view' in state && state.view)) return state.name;
    const { step } = state.view.flow;
    return step.id + ('sentAt' in step ? step.sentAt : '');
  }

  /** Begins anew with what the element now knows. */
  restart(): void {
    this.#stop();
    this.#start();
  }

  // Properties that are set in the same task as the element is connected must count.
  hostConnected(): void {
    queueMicrotask(() => this.#start());
    for (const type of returns) addEventListener(type, this.#refresh);
  }

  // An element that is only moved is connected again in the same task, and keeps its client.
  hostDisconnected(): void {
    for (const type of returns) removeEventListener(type, this.#refresh);
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#stop();
    });
  }

  readonly #refresh = (): void => {
    if (!document.hidden) this.#client?.refresh();
  };

  #start(): void {
    if (this.#client || !this.#host.isConnected) return;
    this.#client = this.#create();
    this.#client?.subscribe(() => this.#host.requestUpdate());
    void this.#client?.start();
  }

  #stop(): void {
    this.#client?.stop();
    this.#client = null;
  }
}
