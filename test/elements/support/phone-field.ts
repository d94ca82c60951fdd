import type { CountersignPhoneField } from '@countersign/elements/phone-field/phone-field';
import { html, type TemplateResult } from 'lit';
import { drawn, find, show, until } from './page.ts';

/** The numbers that the form was sent with. */
export const submitted: string[] = [];

const onSubmit = (event: SubmitEvent): void => {
  event.preventDefault();
  submitted.push(String(new FormData(event.target as HTMLFormElement).get('phone')));
};

export const field = (): CountersignPhoneField => find('countersign-phone-field');
export const input = (): HTMLInputElement => find('input[autocomplete="tel"]');
export const inside = <E extends Element = HTMLElement>(selector: string): E =>
  find<E>(selector, field().shadowRoot ?? field());
export const button = (): HTMLButtonElement => inside('button.country');
export const picker = <E extends Element = HTMLElement>(selector: string): E =>
  find<E>(selector, inside('countersign-country-picker').shadowRoot ?? field());
export const options = (): string[] =>
  [...picker('ul').querySelectorAll('li > span')].map((name) => name.textContent ?? '');

export interface Page {
  country?: string;
  value?: string;
  countries?: string[] | null;
  languages?: string[];
}

export const page = ({ country = '', value = '', countries = null, languages = ['en'] }: Page): TemplateResult =>
  html`<form @submit=${onSubmit}>
    <countersign-phone-field
      name="phone"
      .country=${country}
      .value=${value}
      .countries=${countries}
      .languages=${languages}
    ></countersign-phone-field>
    <button>Continue</button>
  </form>`;

/** Shows the field and waits, with the focus in it, until it knows the world's numbers. */
export const open = async (settings: Page): Promise<void> => {
  submitted.length = 0;
  await show(page(settings));
  input().focus();
  await until(() => Reflect.get(field(), 'numbering'));
  await drawn();
};

/** Empties the field, with a country chosen. */
export const startAgain = async (country: string): Promise<void> => {
  Object.assign(field(), { value: '', country });
  await field().updateComplete;
};

export const openPicker = async (): Promise<void> => {
  button().click();
  await until(() => inside('.frame').parentNode?.querySelector('countersign-country-picker')?.shadowRoot);
  await until(() => picker('[popover]').matches(':popover-open'));
};

/** The digits of a text, with the plus before them. */
export const digitsOf = (text: string): string => text.replace(/(?!^\+)\D/gu, '');

const around = (): [before: string, behind: string] => {
  const { value, selectionStart } = input();
  const caret = selectionStart ?? value.length;
  return [value.slice(0, caret), value.slice(caret)];
};

/** Puts the caret behind so many digits. */
export const placeCaret = (digits: number): void => {
  const { value } = input();
  let caret = 0;
  while (digitsOf(value.slice(0, caret)).length < digits) caret += 1;
  input().setSelectionRange(caret, caret);
};

/** Uses keys, and gives what stood before the caret and behind it after each. */
export const watch = async (useKeys: () => Promise<unknown>): Promise<[before: string, behind: string][]> => {
  const seen: [string, string][] = [];
  const look = (): void => void seen.push(around());
  input().addEventListener('input', look);
  await useKeys();
  input().removeEventListener('input', look);
  return seen;
};
