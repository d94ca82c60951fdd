import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { http } from '@countersign/connectors/http';
import { simulator } from '@countersign/connectors/simulator';
import type { Connector } from '@countersign/core/connector';
import type { Flow } from '@countersign/core/flow';
import { createKey } from '@countersign/server';
import { type Served, serve, type ServeOptions } from '@countersign/server/node';
import { createInbox, type Inbox } from '@countersign/server/testing';
import { freePort } from '../../support/free-port.ts';
import { browserAt, visitorAt } from '../../support/over-http.ts';
import { ada, goOn, mandatory, signIn, signUp } from '../../support/primary.ts';

const settings = { appName: 'Acme', ...mandatory };
const opened: Served[] = [];
const folders: string[] = [];

after(async () => {
  await Promise.all(opened.map((server) => server.close()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

const channels = ['sms', 'email'] as const;

/** Servers that follow each other with the same data, port and inbox. */
const createPlace = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'countersign-serve-'));
  folders.push(dataDir);
  const inbox = createInbox();
  const connectors = channels.map((channel) => simulator({ channel, inbox: (message) => inbox.receive(message) }));
  const common = { settings, connectors, dataDir, port: await freePort(), environment: 'development' } as const;
  const start = async (options: Partial<ServeOptions> = {}): Promise<Served> => {
    const server = await serve({ ...common, ...options });
    opened.push(server);
    return server;
  };
  return { inbox, port: common.port, start };
};

/** Connectors that hold each message back until they are let go. */
const holding = (inbox: Inbox) => {
  let arrived = (): void => {};
  let letGo = (): void => {};
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const release = new Promise<void>((resolve) => (letGo = resolve));
  const connectors = channels.map((channel): Connector => {
    const { id, send } = simulator({ channel, inbox: (message) => inbox.receive(message) });
    const hold = async (message: Parameters<Connector['send']>[0]): Promise<void> => {
      arrived();
      await release;
      await send(message);
    };
    return { id, channel, send: hold };
  });
  return { connectors, arrival, letGo: () => letGo() };
};

test('gives browsers cookies that no script and no other site can use', async () => {
  const { inbox, start } = await createPlace();
  const { url } = await start();
  const browser = browserAt(url);
  await signUp({ inbox }, browser.visitor, { identifier: ada });
  const common = 'Path=/; Secure; HttpOnly; SameSite=Lax';
  assert.equal(browser.setCookies.length, 2);
  assert.match(
    browser.setCookies[0] ?? '',
    new RegExp(`^__Host-countersign=[\\w-]{43}; ${common}; Max-Age=34560000$`, 'u'),
  );
  assert.match(browser.setCookies[1] ?? '', new RegExp(`^__Host-countersign-session=[\\w-]{43}; ${common}$`, 'u'));
  const session = await browser.fetch(`${url}/api/v1/session`);
  assert.deepEqual([session.status, session.headers.get('cache-control')], [200, 'no-store']);
  assert.equal((await browser.fetch(`${url}/api/v1/session`, { method: 'DELETE' })).status, 204);
  assert.equal(browser.setCookies[2], `__Host-countersign-session=; ${common}; Max-Age=0`);
  assert.equal((await browser.fetch(`${url}/api/v1/session`)).status, 401);
});

test('another site can do nothing with the cookies of a browser', async () => {
  const { inbox, start } = await createPlace();
  const { url } = await start();
  const browser = browserAt(url);
  await signUp({ inbox }, browser.visitor, { identifier: ada });
  const cookie = browser.setCookies.map((one) => one.split(';', 1)[0]).join('; ');
  const requests: HeadersInit[] = [
    { cookie, origin: 'https://elsewhere.example' },
    { cookie, 'sec-fetch-site': 'cross-site' },
    { cookie },
  ];
  for (const headers of requests) {
    const { status } = await fetch(`${url}/api/v1/session`, { method: 'DELETE', headers });
    assert.equal(status, 403, JSON.stringify(headers));
  }
  assert.equal((await browser.fetch(`${url}/api/v1/session`)).status, 200);
});

test('after a restart users, sessions and flows under way are there, and used codes are not', async () => {
  const { inbox, start } = await createPlace();
  const before = await start();
  const [browser, underWay] = [browserAt(before.url), visitorAt(before.url)];
  await signUp({ inbox }, browser.visitor, { identifier: ada, until: 'save-backup-codes' });
  const { step } = browser.visitor.flow;
  assert.ok(step.name === 'save-backup-codes' && step.stage === 'codes' && Array.isArray(step['codes']));
  const [backupCode] = step['codes'];
  await goOn({ inbox }, browser.visitor, { identifier: ada });
  const other = { type: 'email', value: 'bea@example.com' } as const;
  await signUp({ inbox }, underWay, { identifier: other, until: 'set-password' });
  await before.close();

  const { url } = await start();
  assert.equal((await browser.fetch(`${url}/api/v1/session`)).status, 200);
  assert.deepEqual((await goOn({ inbox }, underWay, { identifier: other })).slice(0, 2), [
    'set-password',
    'setup-factor',
  ]);
  for (const status of [200, 400]) {
    const visitor = visitorAt(url);
    await signIn({ inbox }, visitor, { identifier: ada, until: 'verify-factor' });
    await visitor.act({ type: 'switch' });
    assert.ok(visitor.flow.step.name === 'choose-factor');
    const factorId = visitor.flow.step.held.find(({ type }) => type === 'backup-codes')?.id;
    await visitor.act({ type: 'choose', factorId });
    assert.equal((await visitor.act({ type: 'submit-code', code: backupCode })).status, status);
  }
});

test('closing takes nothing more, and lets what is under way finish', async () => {
  const { inbox, start } = await createPlace();
  const { connectors, arrival, letGo } = holding(inbox);
  const server = await start({ connectors });
  const visitor = visitorAt(server.url);
  await visitor.begin('sign-up');
  const answer = visitor.act({ type: 'identify', identifier: ada });
  await arrival;
  const closed = server.close();
  await assert.rejects(fetch(`${server.url}/api/v1/session`));
  letGo();
  assert.equal((await answer).flow.step.name, 'enter-code');
  await closed;
});

test('a message is delivered, and noted, although its client has gone and the server is closing', async () => {
  const { inbox, start } = await createPlace();
  const { connectors, arrival, letGo } = holding(inbox);
  const reports: unknown[] = [];
  const server = await start({ connectors, report: (error) => reports.push(error) });
  const leaving = new AbortController();
  const visitor = visitorAt(server.url, (input, init) => fetch(input, { ...init, signal: leaving.signal }));
  await visitor.begin('sign-up');
  const answer = visitor.act({ type: 'identify', identifier: ada });
  await arrival;
  leaving.abort();
  await assert.rejects(answer);
  const closed = server.close();
  letGo();
  await closed;
  assert.deepEqual(reports, []);
  assert.equal(inbox.messages.length, 1);

  const { url } = await start();
  const headers = { authorization: `Bearer ${visitor.token}` };
  const { flow } = (await (await fetch(`${url}/api/v1/flows/current`, { headers })).json()) as { flow: Flow };
  assert.deepEqual(flow.step.name === 'enter-code' && flow.step.delivery, 'accepted');
});

test('what takes longer than the grace is cut off', async () => {
  const { inbox, start } = await createPlace();
  const { connectors, arrival, letGo } = holding(inbox);
  const server = await start({ connectors, grace: 50, report: () => {} });
  const visitor = visitorAt(server.url);
  await visitor.begin('sign-up');
  const answer = visitor.act({ type: 'identify', identifier: ada });
  await arrival;
  await Promise.all([assert.rejects(answer), server.close()]);
  letGo();
});

/** How often a wrong password is judged before a wait begins, each time with another header. */
const judgedTries = async (url: string, headerOf: (number: number) => string): Promise<number> => {
  for (let number = 0; number < 14; number += 1) {
    const headers = { 'x-forwarded-for': headerOf(number), 'x-real-ip': `192.0.2.${number}` };
    const fetcher: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headers } });
    const visitor = visitorAt(url, fetcher);
    await visitor.begin('sign-in');
    const reply = await visitor.act({ type: 'identify', identifier: ada, password: 'wrong' });
    if (reply.status === 429) return number;
  }
  return Infinity;
};

test('B8: the address is the one of the socket, or what the own proxies saw, never what a client claims', async () => {
  const { start } = await createPlace();
  const direct = await start();
  assert.equal(await judgedTries(direct.url, (number) => `198.51.${number}.7`), 10);
  await direct.close();

  const place = await createPlace();
  const { url } = await place.start({ proxies: 1 });
  assert.equal(await judgedTries(url, (number) => `203.0.${number}.7, 198.51.100.7`), 10);
  assert.equal(await judgedTries(url, (number) => `203.0.113.7, 198.51.${number}.7`), Infinity);
});

test('says in one sentence what stops the start, and leaves nothing open', async () => {
  const { start } = await createPlace();
  const server = await start();
  const port = Number(new URL(server.url).port);
  const taken = `port: ${port} is in use; choose another`;
  await assert.rejects(start(), { name: 'ConfigurationError', message: taken });
  await server.close();
  const missing = 'settings.factors.0: "sms" needs a connector for the channel "sms"; add one to connectors';
  await assert.rejects(start({ connectors: [] }), { name: 'ConfigurationError', message: missing });
  await assert.rejects(start({ environment: 'production' }), {
    name: 'ConfigurationError',
    message: /^COUNTERSIGN_KEYS/u,
  });
  const seed = { appName: 'Acme', factors: ['backup-codes', 'sms'] };
  const mail = simulator({ channel: 'email', inbox: () => {} });
  await assert.rejects(start({ settings: seed, connectors: [mail] }), { name: 'ConfigurationError' });
  await (await start()).close();
});

test('production listens for everybody, but only for pages of the origins that were named', async () => {
  const { start } = await createPlace();
  const connectors = channels.map((channel) => http({ channel, url: 'https://messages.example/send' }));
  const keys = JSON.stringify([await createKey()]);
  const production = { environment: 'production', connectors, keys } as const;
  await assert.rejects(start(production), { name: 'ConfigurationError', message: /^origins: list the origin/u });
  const { url } = await start({ ...production, origins: ['https://app.example'] });
  const begin = (origin: string) =>
    fetch(`${url}/api/v1/flows`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'sign-in' }),
    });
  assert.deepEqual([(await begin('https://app.example')).status, (await begin(url)).status], [201, 403]);
});
