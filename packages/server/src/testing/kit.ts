import type { DeliveryReport } from '@countersign/core/connector';
import { backupCodes } from '@countersign/factors/backup-codes/server';
import { email } from '@countersign/factors/email/server';
import { passkey } from '@countersign/factors/passkey/server';
import { sms } from '@countersign/factors/sms/server';
import { totp } from '@countersign/factors/totp/server';
import type { Backend, BackendOptions } from '../create-backend.ts';
import { createBackend } from '../create-backend.ts';
import { createKey } from '../crypto/keys.ts';
import type { BeginOptions, BegunFlow } from '../flow/begin-for-host.ts';
import { inPage } from '../http/in-page.ts';
import type { SettingsInput } from '../settings/schema.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import { type Clock, createClock } from './clock.ts';
import { fastHash } from './fast-hash.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createProviders, type ProviderOptions } from './providers.ts';
import { seededRandom } from './random.ts';
import { createVisitor, type Visitor } from './visitor.ts';

/** Options of {@link createTestKit}; everything has a default that works. */
export interface TestKitOptions extends Partial<Omit<BackendOptions, 'settings' | 'now' | 'random'>>, ProviderOptions {
  settings?: Partial<SettingsInput>;
  /** Seed of codes, ids and tokens. Default: 1. */
  seed?: number;
  /** Unix milliseconds at which the clock stands. Default: 24 November 2026, 10:42 UTC. */
  start?: number;
}

/** A real backend in memory, with an inbox to read, and a clock to turn. */
export interface TestKit {
  backend: Backend;
  inbox: Inbox;
  clock: Clock;
  /** The origin that browsers of the kit pretend to be on, and the audience of its proofs. */
  origin: string;
  /** Where its API is. */
  base: string;
  /** A new browser, with a cookie jar of its own. Default of the address: `127.0.0.1`. */
  browser(address?: string): typeof fetch;
  /** A new browser that speaks the protocol. */
  visitor(fetcher?: typeof fetch): Visitor;
  /**
   * Tells the backend what became of the newest message, as a provider does that posts reports. Throws where nothing was
   * sent, or `reports` is off.
   */
  report(delivery: DeliveryReport['delivery']): Promise<void>;
  /** Begins a flow as a host would; what is left out has a default (`verify`, user `ada`, password proved now). */
  begin(options?: Partial<BeginOptions>): Promise<BegunFlow>;
}

const defaultStart = Date.UTC(2026, 10, 24, 10, 42);

/** What a backend needs, and few tests care about. */
const createDefaults = async () => ({
  factors: [sms(), email(), totp(), passkey(), backupCodes()],
  store: memoryStore(),
  keys: [await createKey()] as const,
  slowHash: fastHash(),
  environment: 'development' as const,
});

/** Puts a backend together for tests and stories: every factor, simulators, memory, a clock that is turned by hand. */
export const createTestKit = async (options: TestKitOptions = {}): Promise<TestKit> => {
  const { settings, seed = 1, start = defaultStart, channels, reports, ...given } = options;
  const clock = createClock(start);
  const inbox = createInbox();
  const { connectors, report } = createProviders({ channels, reports }, inbox);
  const random = seededRandom(seed);
  const origin = given.origins?.[0] ?? 'http://localhost';
  const backend = await createBackend({
    ...(await createDefaults()),
    connectors,
    origins: [origin],
    ...given,
    settings: { appName: 'Acme', factors: ['sms'], ...settings },
    now: clock.now,
    random,
  });
  const base = `${origin}/api/v1`;
  const browser = (address = '127.0.0.1'): typeof fetch => inPage(backend, { origin, address });
  return {
    backend,
    inbox,
    clock,
    origin,
    base,
    browser,
    visitor: (fetcher = browser()) => createVisitor(fetcher, base, random),
    report: (delivery) => report(browser(), base, delivery),
    begin: (begun = {}) =>
      backend.flows.begin({
        kind: 'verify',
        userId: 'ada',
        firstFactor: { amr: ['pwd'], at: clock.now() },
        audience: origin,
        nonce: 'nonce',
        ...begun,
      }),
  };
};
