import { element } from './dom.ts';

/** What stands in the main part of the page. */
export interface View {
  /** The first heading, also the document's title. */
  title: string;
  content: Node[];
}

/** Something that just happened, above everything else. */
export const banner = (text: string, tone: 'good' | 'plain'): HTMLElement =>
  element('p', { class: 'banner', 'data-tone': tone, role: 'status' }, text);

export const lead = (text: string): HTMLElement => element('p', { class: 'lead' }, text);

/** The name that a person is greeted by. */
export const firstName = (name: string): string => name.split(' ', 1)[0] ?? name;
