import { simulator, type SimulatorOptions } from '@countersign/connectors/simulator';
import { sms } from '@countersign/factors/sms/server';
import { type Backend, createBackend, memoryStore } from '@countersign/server';
import { loadKey } from '@countersign/server/node';
import type { Environment } from './environment.ts';

/** What the host is called, on the page and in messages. */
const appName = 'Harbor';

/** The real backend; only its messages go to the phone on the page instead of to people. */
export const createDemoBackend = async (
  { origin, dataDir, keys }: Environment,
  inbox: SimulatorOptions['inbox'],
): Promise<Backend> =>
  createBackend({
    factors: [sms()],
    connectors: [simulator({ channel: 'sms', inbox })],
    store: memoryStore(),
    key: await loadKey({ keys, dataDir, production: false }),
    settings: { appName, factors: ['sms'], countries: 'all' },
    origins: [origin],
    environment: 'development',
  });
