import type { ReactiveController } from 'lit';
import type { AccountHost, Desk } from './desk.ts';
import type { TaskArea } from './task-area.ts';

/** Leads the focus to where a change began or ended, since the button that had it is gone by then. */
export class FocusKeeper implements ReactiveController {
  readonly #host: AccountHost;
  readonly #desk: Desk;
  readonly #task: TaskArea;

  constructor(host: AccountHost, desk: Desk, task: TaskArea) {
    this.#host = host;
    this.#desk = desk;
    this.#task = task;
    host.addController(this);
  }

  hostUpdated(): void {
    const { focus } = this.#desk;
    this.#desk.focus = null;
    switch (focus?.to) {
      case 'task':
        return this.#task.focus();
      case 'heading':
        return this.#find('#held', '#heading')?.focus();
      case 'button':
        return this.#find(`[data-key="${CSS.escape(focus.key)}"]`, '#held', '#heading')?.focus();
    }
  }

  /** The first of these that is there. */
  #find(...selectors: string[]): HTMLElement | undefined {
    const found = selectors.map((selector) => this.#host.renderRoot.querySelector<HTMLElement>(selector));
    return found.find((element) => element !== null) ?? undefined;
  }
}
