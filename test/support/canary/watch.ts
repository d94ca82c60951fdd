import type { BrowserContext, Page, Request, Response } from '@playwright/test';
import { look, lookInDatabases, sendTexts, type Sight } from './look.ts';
import { type Answer, mayStand, toldBy, type Dated, learn, unpermitted } from './permitted.ts';
import { type Kind, parse, Secrets } from './secrets.ts';

/** What a server prints, tells and stores. */
export type ServerSights = () => Sight[];

/** A browser that is watched. */
export interface Watch {
  /** Looks at the open pages and the server; gives each kind of secret with the place where it should not be. */
  finish(server?: ServerSights): Promise<string[]>;
}

/** Empty for a redirect, whose body no page gets; null for an answer that is thrown away because its page was left. */
const readText = (response: Response): Promise<string | null> =>
  response.text().catch((error: unknown) => {
    if (String(error).includes('redirect responses')) return '';
    if (String(error).includes('navigated away from')) return null;
    throw error;
  });

const readAnswer = async (response: Response, moment: number): Promise<Answer> => {
  const all = await response.headersArray();
  const isCookie = ({ name }: { name: string }): boolean => name.toLowerCase() === 'set-cookie';
  return {
    moment,
    url: response.url(),
    asked: parse(response.request().postData()),
    status: response.status(),
    cookies: all.filter(isCookie).map(({ value }) => value),
    headers: all.filter((header) => !isCookie(header)).map(({ name, value }) => `${name}: ${value}`),
    text: await readText(response),
  };
};

/** All that the pages show and keep; a page that is left meanwhile is seen the next time. */
const lookAt = async (pages: readonly Page[], gaze: () => Promise<Sight[]> | Sight[]): Promise<Sight[]> => {
  const open = pages.filter((page) => page.url().startsWith('http'));
  const sights = open.map((page) =>
    page.evaluate(gaze).catch((error: unknown) => {
      if (/context was destroyed|has been closed/u.test(String(error))) return [];
      throw error;
    }),
  );
  return (await Promise.all(sights)).flat();
};

/** Everything that was gathered, with what was found of it where it should not be. */
const judge = (answers: readonly Answer[], sights: readonly Dated[], stored: readonly Sight[]): string[] => {
  const secrets = new Secrets();
  learn(answers, secrets);
  const found = new Set<string>();
  const report = (place: string, held: [string, Kind][]): void =>
    held.forEach(([, kind]) => found.add(`${kind} in ${place}`));
  for (const answer of answers) {
    report('header', secrets.in(answer.headers.join('\n')));
    report('answer', secrets.in(unpermitted(answer, secrets)));
  }
  for (const sight of sights) {
    const told = toldBy(answers, sight);
    report(
      sight.place,
      secrets.in(sight.text).filter((one) => !mayStand(sight, one, { secrets, told })),
    );
  }
  for (const sight of stored) report(sight.place, secrets.in(sight.text, sight.place === 'dump'));
  return [...found].toSorted();
};

/** Follows what the pages of a context ask, are answered, show and keep; to be called before the first page opens. */
export const watch = async (context: BrowserContext): Promise<Watch> => {
  await context.addInitScript(sendTexts);
  let moments = 0;
  const sights: Dated[] = [];
  const answers: Promise<Answer>[] = [];
  const looks: Promise<void>[] = [];
  const next = (): number => (moments += 1);
  const see = (seen: readonly Sight[], since = next()): void => {
    const until = next();
    for (const sight of seen) sights.push({ ...sight, since, until });
  };
  // What is typed is there while it is typed; fields are looked at in the end.
  const lookOnce = async (since: number): Promise<void> => {
    const seen = await lookAt(context.pages(), look);
    see(
      seen.filter(({ place }) => place !== 'input'),
      since,
    );
  };
  context.on('request', (request) => see([{ place: 'address of a request', text: request.url() }]));
  context.on('console', (message) => see([{ place: 'console', text: message.text() }]));
  context.on('weberror', (error) => see([{ place: 'console', text: String(error.error()) }]));
  const gather = (request: Request): void => {
    const response = request.existingResponse();
    if (!response || !/json|text\/html/u.test(response.headers()['content-type'] ?? '')) return;
    const moment = next();
    answers.push(readAnswer(response, moment));
    if (new URL(response.url()).pathname.startsWith('/api/')) looks.push(lookOnce(moment));
  };
  context.on('requestfinished', gather);
  const finish = async (server: ServerSights = () => []): Promise<string[]> => {
    see(await lookAt(context.pages(), look));
    see(await lookAt(context.pages(), lookInDatabases));
    // What begins after this would still be read when the page is gone.
    context.off('requestfinished', gather);
    await Promise.all(looks);
    return judge(await Promise.all(answers), sights, server());
  };
  return { finish };
};
