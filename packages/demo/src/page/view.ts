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

export const lead = (...text: (Node | string)[]): HTMLElement => element('p', { class: 'lead' }, ...text);

/** An address or name, in whichever direction it is written. */
export const name = (text: string): HTMLElement => element('bdi', {}, text);

export const money = (cents: number, currency: string, signDisplay: 'auto' | 'exceptZero' = 'auto'): string =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency, signDisplay }).format(cents / 100);

/** A link to another address of the page; the app follows it without loading anew. */
export const link = (href: string, text: string, look: 'link' | 'secondary' = 'link'): HTMLElement =>
  element('a', { class: look, href }, text);

/** A flow that the host begins, and what comes out of it: a proof, which means nothing before the host has seen it. */
export const flow = (
  tag: 'countersign-verify' | 'countersign-setup',
  beginUrl: string,
  proved: (proof: string) => void,
): HTMLElement => {
  const made = element(tag, { 'begin-url': beginUrl });
  made.autofocus = true;
  made.addEventListener('countersign-complete', ({ proof }) => proved(proof));
  return made;
};
