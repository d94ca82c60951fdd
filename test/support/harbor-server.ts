import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { simulator } from '@countersign/connectors/simulator';
import { createAdministratorKey } from '@countersign/server';
import { listen, sqliteStore } from '@countersign/server/node';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { createApp } from '../../packages/demo/src/server/app.ts';
import { demoSettings } from '../../packages/demo/src/server/create-demo-backend.ts';
import { createBank } from '../../packages/demo/src/server/host/bank.ts';
import { createFeed } from '../../packages/demo/src/server/messages/feed.ts';
import { sightsIn } from './canary/sights-in.ts';
import type { Sight } from './canary/look.ts';
import { test as base } from './canary/test.ts';
import { freePort } from './free-port.ts';

/** The demo in the test's own process: its clock is turned and its settings are written from here. */
export interface Harbor extends Pick<TestKit, 'backend' | 'clock'> {
  url: string;
  /** Replaces what is given of the settings, the rest being the demo's. */
  configure(settings: Partial<typeof demoSettings>): Promise<void>;
  /** What an administrator of users sends to the API; gives the answer. Throws where it is refused. */
  administer(path: string, body: object): Promise<Record<string, unknown>>;
  /** What the server reported and stored, and the events that it told of. */
  sights(): Sight[];
  close(): Promise<void>;
}

/** The demo's, with codes so long that they turn up nowhere by chance. */
const settings = { ...demoSettings, codes: { length: 10 } };

const startHarbor = async (): Promise<Harbor> => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const feed = createFeed();
  const closing = new AbortController();
  const connectors = (['sms', 'email'] as const).map((channel) =>
    simulator({ channel, inbox: (message) => feed.receive(message) }),
  );
  const { key, keyHash } = await createAdministratorKey();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-harbor-'));
  const store = await sqliteStore({ path: join(folder, 'countersign.db') });
  const sights: Sight[] = [];
  const { backend, clock } = await createTestKit({
    store,
    onEvent: (event) => sights.push({ place: 'event', text: JSON.stringify(event) }),
    report: (error, context) => sights.push({ place: 'report', text: inspect([error, context], { depth: 9 }) }),
    administrators: [{ keyHash, scopes: ['users:write'], expiresAt: null }],
    settings,
    origins: [origin],
    connectors,
    start: Date.now(),
  });
  const app = createApp({ origin, backend, bank: createBank(), feed, closing: closing.signal });
  const server = await listen(async (request, connection) => app.fetch(request, connection), {
    port,
    host: '127.0.0.1',
    grace: 100,
  });
  return {
    url: server.url,
    backend,
    clock,
    configure: async (given) => void (await backend.settings.write({ ...settings, ...given })),
    sights: () => [...sights, ...sightsIn(folder)],
    async administer(path, body) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const response = await fetch(`${origin}/api/v1/admin${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as Record<string, unknown>;
    },
    async close() {
      closing.abort();
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};

/** Tests whose pages are a demo of their own. */
export const test = base.extend<{ harbor: Harbor }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  harbor: async ({}, use) => {
    const harbor = await startHarbor();
    await use(harbor);
    await harbor.close();
  },
  server: async ({ harbor }, use) => use(harbor.sights),
  baseURL: async ({ harbor }, use) => use(harbor.url),
});
