import { render, type ReactiveController } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { adoptStyles } from '../styles/adopt.ts';
import { lightStyles } from '../styles/light.ts';
import type { AccountHost, Desk } from './desk.ts';
import { drawTask, labelOf } from './task-views.ts';
import { taskStyles } from './task.styles.ts';

/** Keeps the task that is under way in the element's own light DOM, where autofill and labels work. */
export class TaskArea implements ReactiveController {
  readonly #host: AccountHost;
  readonly #desk: Desk;
  readonly #area: HTMLElement;

  constructor(host: AccountHost, desk: Desk) {
    this.#host = host;
    this.#desk = desk;
    this.#area = host.ownerDocument.createElement('div');
    this.#area.slot = 'task';
    this.#area.tabIndex = -1;
    this.#area.className = 'countersign-task';
    this.#area.setAttribute('role', 'group');
    host.addController(this);
  }

  hostConnected(): void {
    adoptStyles(this.#host, lightStyles);
    adoptStyles(this.#host, taskStyles);
  }

  /** What a parent wiped comes back with the next drawing. */
  hostUpdated(): void {
    const { task } = this.#desk;
    if (!task) return this.#area.remove();
    if (this.#area.parentNode !== this.#host) this.#host.append(this.#area);
    this.#area.dataset['task'] = task.name;
    this.#area.ariaLabel = labelOf(task, this.#host);
    render(keyed(task, drawTask(task, { host: this.#host, desk: this.#desk })), this.#area);
  }

  /** Puts the focus where the task begins: into its field, or on the whole. */
  focus(): void {
    (this.#area.querySelector<HTMLElement>('input') ?? this.#area).focus();
  }
}
