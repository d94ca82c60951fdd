import type { Sight } from './look.ts';
import { isJson, type Json, type Kind, parse, type Secrets } from './secrets.ts';

/** An answer of a server, and what had been asked. */
export interface Answer {
  moment: number;
  url: string;
  asked: Json;
  status: number;
  cookies: string[];
  /** All but the cookies. */
  headers: string[];
  /** Null where the page was left before it could be read. */
  text: string | null;
}

/** What was seen of a page at some moment between these two. */
export interface Dated extends Sight {
  since: number;
  until: number;
}

const part = (whole: Json, name: string): Json => {
  const value = whole[name];
  return isJson(value) ? value : {};
};

const stepOf = (body: Json): Json => part(part(body, 'flow'), 'step');

/** What has served with this, so that there is no reason left to show it. */
const servedWith = (asked: Json, before: Json): unknown[] => {
  const isKept = asked['type'] === 'acknowledge' || asked['type'] === 'submit-code';
  const kept = isKept ? [before['codes'], before['secret']] : [];
  return [asked['code'], asked['password'], asked['pass'], ...kept].flat();
};

/** In order: each secret that an answer brings, and each that has served with it. */
export const learn = (answers: readonly Answer[], secrets: Secrets): void => {
  const steps = new Map<string, Json>();
  for (const { moment, asked, status, cookies, text } of answers) {
    const body = parse(text);
    secrets.addFrom(asked);
    secrets.addFrom(body);
    for (const cookie of cookies) secrets.add(/=([^;]*)/u.exec(cookie)?.[1] ?? '', 'token');
    if (status !== 200) continue;
    for (const value of servedWith(asked, steps.get(String(asked['step'])) ?? {})) {
      if (typeof value === 'string') secrets.serve(value, moment);
    }
    const step = stepOf(body);
    steps.set(String(step['id']), step);
  }
};

/** The entries of a step that its holder is meant to see, by its name. */
const shown = (step: Json): string[] => {
  if (step['name'] === 'save-backup-codes') return ['codes'];
  if (step['name'] === 'setup-factor' && step['stage'] === 'key') return ['secret', 'uri'];
  // The device shows by which address the passkey serves.
  if (step['name'] === 'setup-factor' && step['factor'] === 'passkey') return ['options'];
  // Where the message went is told in full to who has just typed it, and never to who verifies.
  if (step['name'] === 'enter-code' || step['name'] === 'setup-factor') return ['target'];
  return ['identifier'].filter((name) => name in step && step['name'] !== 'verify-factor');
};

const without = (whole: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));

const toldIn = (body: Json): string => {
  const step = stepOf(body);
  const told = shown(step).map((name) => step[name]);
  const own = [part(body, 'session')['identifiers'], part(body, 'account')['identifiers'], body['name']];
  return JSON.stringify([...told, ...own]);
};

/** Which answers say the same again where nothing has happened in between: those about flows, or of one address. */
const subject = (url: string): string => (url.includes('/flows') ? 'flow' : url);

/** The addresses that had been told to their owner by then; a lost answer is heard again by the page that comes next. */
export const toldBy = (answers: readonly Answer[], { until }: Dated): string =>
  answers
    .filter(({ moment }) => moment < until)
    .map(({ moment, url, text }) => {
      const again = answers.find((later) => later.moment > moment && later.text && subject(later.url) === subject(url));
      return toldIn(parse(text ?? again?.text ?? null));
    })
    .join();

/** What is left of an answer once everything that it may say is taken away. */
export const unpermitted = ({ url, moment, text }: Answer, secrets: Secrets): string => {
  const { pathname } = new URL(url);
  // The phone's own feed, and what people ask to be given of themselves.
  if (/\/(?:messages|export)$/u.test(pathname)) return '';
  if (!text?.startsWith('{')) return text ?? '';
  const body = parse(text);
  const step = stepOf(body);
  const names = shown(step).filter((name) => !secrets.hasServed(String([step[name]].flat()[0]), moment));
  const result = without(part(step, 'result'), ['token', 'proof']);
  // Who begins or claims a flow is given the token that it goes on with.
  const gives = /\/(?:flows|begin)$/u.test(pathname) ? ['token'] : [];
  // The host greets its members by their addresses.
  const greets = pathname === '/demo/account' ? ['name'] : [];
  return JSON.stringify({
    ...without(body, [...gives, ...greets]),
    session: without(part(body, 'session'), ['identifiers']),
    account: without(part(body, 'account'), ['identifiers']),
    flow: { ...part(body, 'flow'), step: { ...without(step, names), result } },
  });
};

/** Whether a page may show or keep this at that place. */
export const mayStand = (
  { place, since, text }: Dated,
  [value, kind]: [string, Kind],
  { secrets, told }: { secrets: Secrets; told: string },
): boolean => {
  // So that a reload goes on; the tab forgets it when it is closed, and it opens nothing without the flow's cookie.
  if (place === 'session storage') return kind === 'flow token' && text.startsWith('countersign');
  // Who types sees what is typed; a backup code is typed after it was saved.
  if (place === 'input') return kind === 'backup code' || !secrets.hasServed(value, since);
  // Until the app is bound it is given its key, and the address that it shows beside its codes.
  if (place === 'link to an app') return kind === 'address' || (kind === 'app key' && !secrets.hasServed(value, since));
  if (kind === 'app key') return place === 'text' && !secrets.hasServed(value, since);
  // Until they are said to be saved.
  if (kind === 'backup code') return place === 'text' && !secrets.hasServed(value, since);
  return kind === 'address' && place === 'text' && told.includes(value);
};
