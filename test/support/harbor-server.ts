import { simulator } from '@countersign/connectors/simulator';
import { createAdministratorKey } from '@countersign/server';
import { listen } from '@countersign/server/node';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { test as base } from '@playwright/test';
import { createApp } from '../../packages/demo/src/server/app.ts';
import { demoSettings } from '../../packages/demo/src/server/create-demo-backend.ts';
import { createBank } from '../../packages/demo/src/server/host/bank.ts';
import { createFeed } from '../../packages/demo/src/server/messages/feed.ts';
import { freePort } from './free-port.ts';

/** The demo in the test's own process: its clock is turned and its settings are written from here. */
export interface Harbor extends Pick<TestKit, 'backend' | 'clock'> {
  url: string;
  /** Replaces what is given of the settings, the rest being the demo's. */
  configure(settings: Partial<typeof demoSettings>): Promise<void>;
  /** What an administrator of users sends to the API; gives the answer. Throws where it is refused. */
  administer(path: string, body: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const startHarbor = async (): Promise<Harbor> => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const feed = createFeed();
  const closing = new AbortController();
  const connectors = (['sms', 'email'] as const).map((channel) =>
    simulator({ channel, inbox: (message) => feed.receive(message) }),
  );
  const { key, keyHash } = await createAdministratorKey();
  const { backend, clock } = await createTestKit({
    administrators: [{ keyHash, scopes: ['users:write'], expiresAt: null }],
    settings: demoSettings,
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
    configure: async (settings) => void (await backend.settings.write({ ...demoSettings, ...settings })),
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
  baseURL: async ({ harbor }, use) => use(harbor.url),
});
