import { html, type TemplateResult } from 'lit';
import type { Desk } from './desk.ts';
import type { Place } from './task.ts';

/** Something that can be done, as a plain text button. */
export interface Act {
  /** By which the button is found again, when what it began is given up. */
  key: string;
  text: string;
  /** What it is done to as well, for who hears the button alone; begins with the text. */
  label: string;
  go: (key: string) => void;
  /** Default: none. */
  icon?: TemplateResult;
}

/** The button of something that can be done. */
export const act = ({ key, text, label, go, icon }: Act): TemplateResult =>
  html`<button type="button" class="countersign-link" data-key=${key} aria-label=${label} @click=${() => go(key)}>
    ${icon}${text}
  </button>`;

/** Where a task is shown, in the place of what could be done there; null while it is shown elsewhere, or there is none. */
export const taskAt = ({ task }: Desk, place: Place): TemplateResult | null =>
  task?.place === place ? html`<slot name="task"></slot>` : null;
