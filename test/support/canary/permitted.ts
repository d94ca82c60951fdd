import { isJson, type Json, type Secrets } from './secrets.ts';

/** An answer of a server, and what had been asked. */
export interface Answer {
  moment: number;
  url: string;
  asked: Json;
  status: number;
  cookies: string[];
  text: string;
}

const part = (whole: Json, name: string): Json => {
  const value = whole[name];
  return isJson(value) ? value : {};
};

export const stepOf = (body: Json): Json => part(part(body, 'flow'), 'step');

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

/** The addresses that the answer tells to their owner. */
export const toldIn = (body: Json): string => {
  const step = stepOf(body);
  const told = shown(step).map((name) => step[name]);
  const own = [part(body, 'session')['identifiers'], part(body, 'account')['identifiers'], body['name']];
  return JSON.stringify([...told, ...own]);
};

/** What is left of an answer once everything that it may say is taken away. */
export const unpermitted = ({ url, moment }: Answer, body: Json, secrets: Secrets): Json => {
  const { pathname } = new URL(url);
  // The phone's own feed, and what people ask to be given of themselves.
  if (/\/(?:messages|export)$/u.test(pathname)) return {};
  const step = stepOf(body);
  const names = shown(step).filter((name) => !secrets.hasServed(String([step[name]].flat()[0]), moment));
  const result = without(part(step, 'result'), ['token', 'proof']);
  const gives = /\/(?:flows|begin)$/u.test(pathname) ? ['token'] : [];
  return {
    ...without(body, [...gives, ...(pathname === '/demo/account' ? ['name'] : [])]),
    session: without(part(body, 'session'), ['identifiers']),
    account: without(part(body, 'account'), ['identifiers']),
    flow: { ...part(body, 'flow'), step: { ...without(step, names), result } },
  };
};
