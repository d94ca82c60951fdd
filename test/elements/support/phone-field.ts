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

export const openPicker = async (): Promise<void> => {
  button().click();
  await until(() => inside('.frame').parentNode?.querySelector('countersign-country-picker')?.shadowRoot);
  await until(() => picker('[popover]').matches(':popover-open'));
};
