import type { CodeCompleteEvent } from '@countersign/elements/code-field/code-complete-event';
import type { CountersignCodeField } from '@countersign/elements/code-field/code-field';
import { html, type TemplateResult } from 'lit';
import { drawn, find, show } from './page.ts';

/** The codes that the form was sent with. */
export const submitted: string[] = [];

/** What the field has told: `typed 123456`. */
export const told: string[] = [];

export const forget = (): void => {
  submitted.length = told.length = 0;
};

const onSubmit = (event: SubmitEvent): void => {
  event.preventDefault();
  submitted.push(String(new FormData(event.target as HTMLFormElement).get('code')));
};
const onComplete = ({ code, source }: CodeCompleteEvent): void => void told.push(`${source} ${code}`);

export const form = (field: TemplateResult): TemplateResult =>
  html`<form @submit=${onSubmit} @countersign-code-complete=${onComplete}>${field}<button>Continue</button></form>`;

export const field = (): CountersignCodeField => find('countersign-code-field');
export const input = (): HTMLInputElement => find('input[autocomplete="one-time-code"]');
export const cells = (): Element[] => [...(field().shadowRoot?.querySelectorAll('.cell') ?? [])];

/** What the cells show; `_` is an empty one. */
export const shown = (): string =>
  cells()
    .map((cell) => cell.textContent || '_')
    .join('');

export const open = async (code: TemplateResult): Promise<void> => {
  forget();
  await show(form(code));
  input().focus();
  await drawn();
};

export const openAutoSubmitting = (): Promise<void> =>
  open(html`<countersign-code-field name="code" auto-submit></countersign-code-field>`);

/** The server has refused the code that was sent. */
export const refuse = async (error = 'That code is not right. 3 tries left.'): Promise<void> => {
  field().error = error;
  await drawn();
};
