import type { BrowserContext, Response } from '@playwright/test';
import { look, lookInDatabases, type Sight } from './look.ts';
import { type Answer, stepOf, toldIn, unpermitted } from './permitted.ts';
import { type Json, type Kind, parse, Secrets } from './secrets.ts';

/** What a server prints, tells and stores. */
export type ServerSights = () => Sight[];

/** A browser that is watched. */
export interface Watch {
  /** Looks at the open pages and the server; gives each kind of secret with the place where it should not be. */
  finish(server?: ServerSights): Promise<string[]>;
}

interface Dated extends Sight {
  moment: number;
}

const readAnswer = async (response: Response, moment: number): Promise<Answer> => {
  const request = response.request();
  const cookies = await response.headerValues('set-cookie');
  const asked = parse(request.postData());
  return { moment, url: response.url(), asked, status: response.status(), cookies, text: await response.text() };
};

/** In order: each secret that an answer brings, and each that has served with it. */
const learn = (answers: readonly Answer[], secrets: Secrets): void => {
  const steps = new Map<string, Json>();
  for (const { moment, asked, status, cookies, text } of answers) {
    const body = parse(text);
    secrets.addFrom(asked);
    secrets.addFrom(body);
    for (const cookie of cookies) secrets.add(/=([^;]*)/u.exec(cookie)?.[1] ?? '', 'token');
    if (status !== 200) continue;
    const before = steps.get(String(asked['step'])) ?? {};
    const isKept = asked['type'] === 'acknowledge' || asked['type'] === 'submit-code';
    const served = [
      asked['code'],
      asked['password'],
      asked['pass'],
      ...(isKept ? [before['codes'], before['secret']] : []),
    ];
    for (const value of served.flat()) if (typeof value === 'string') secrets.serve(value, moment);
    const step = stepOf(body);
    steps.set(String(step['id']), step);
  }
};

/** Whether a page may show this at that place. */
const mayStand = (
  sight: Dated,
  [value, kind]: [string, Kind],
  { secrets, told }: { secrets: Secrets; told: string },
) => {
  const { place, moment, text } = sight;
  if (place === 'session storage') return kind === 'flow token' && text.startsWith('countersign');
  if (place === 'input') return !secrets.hasServed(value, moment);
  if (kind === 'app key') return ['text', 'attribute'].includes(place) && !secrets.hasServed(value, moment);
  if (kind === 'backup code') return place === 'text' && !secrets.hasServed(value, moment);
  return kind === 'address' && place === 'text' && told.includes(value);
};

/** Follows what the pages of a context ask, are answered, show and keep; to be called before the first page opens. */
export const watch = (context: BrowserContext): Watch => {
  let moments = 0;
  const secrets = new Secrets();
  const sights: Dated[] = [];
  const answers: Promise<Answer>[] = [];
  const see = (seen: Sight[]): void => {
    moments += 1;
    for (const sight of seen) sights.push({ ...sight, moment: moments });
  };
  context.on('request', (request) => see([{ place: 'address of a request', text: request.url() }]));
  context.on('console', (message) => see([{ place: 'console', text: message.text() }]));
  context.on('weberror', (error) => see([{ place: 'console', text: String(error.error()) }]));
  context.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (!/json|text\/html/u.test(type)) return;
    moments += 1;
    answers.push(readAnswer(response, moments));
  });
  const finish = async (server: ServerSights = () => []): Promise<string[]> => {
    for (const page of context.pages()) {
      if (!page.url().startsWith('http')) continue;
      see(await page.evaluate(look));
      see(await page.evaluate(lookInDatabases));
    }
    const all = await Promise.all(answers);
    learn(all, secrets);
    const found = new Set<string>();
    const report = (place: string, held: [string, Kind][]): void =>
      held.forEach(([, kind]) => found.add(`${kind} in ${place}`));
    for (const answer of all) {
      const body = answer.text.startsWith('{')
        ? JSON.stringify(unpermitted(answer, parse(answer.text), secrets))
        : answer.text;
      if (!new URL(answer.url).pathname.endsWith('/messages')) report('answer', secrets.in(body));
    }
    const told = all.map(({ moment, text }) => ({ moment, text: toldIn(parse(text)) }));
    for (const sight of sights) {
      const before = told.filter(({ moment }) => moment < sight.moment).map(({ text }) => text);
      const known = { secrets, told: before.join() };
      report(
        sight.place,
        secrets.in(sight.text).filter((one) => !mayStand(sight, one, known)),
      );
    }
    for (const { place, text } of server()) report(place, secrets.in(text));
    return [...found].toSorted();
  };
  return { finish };
};
