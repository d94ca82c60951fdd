/*
 * A process of its own that serves a backend: `backend-process.ts JSON`. It says where; its clock is set by messages,
 * and the messages that it sends to people go back as messages.
 */
import { simulator } from '@countersign/connectors/simulator';
import { backupCodes } from '@countersign/factors/backup-codes/server';
import { sms } from '@countersign/factors/sms/server';
import { totp } from '@countersign/factors/totp/server';
import { createBackend, memoryStore, toFetchHandler } from '@countersign/server';
import { fastHash } from '../../packages/server/src/testing/fast-hash.ts';
import { listen } from '../../packages/server/src/node/listen.ts';
import { sqliteStore } from '../../packages/server/src/node/sqlite-store.ts';
import type { Given } from './backends.ts';

const given = JSON.parse(process.argv[2] ?? '') as Given;
let { now } = given;
process.on('message', (message) => {
  now = Number(message);
  process.send?.({ type: 'set' });
});

const connectors = (['sms', 'email'] as const).map((channel) =>
  simulator({ channel, inbox: (message) => void process.send?.({ type: 'sent', message }) }),
);
const store = given.path === null ? memoryStore() : await sqliteStore({ path: given.path });
const { keys, origin, settings, administrators } = given;
const backend = await createBackend({
  factors: [sms(), totp(), backupCodes()],
  connectors,
  store,
  keys,
  origins: [origin],
  settings,
  administrators,
  slowHash: fastHash(),
  environment: 'development',
  now: () => now,
});
const { url } = await listen(toFetchHandler(backend), { port: 0, host: '127.0.0.1' });
process.send?.({ type: 'up', url });
