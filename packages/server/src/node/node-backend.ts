import { join } from 'node:path';
import { backupCodes } from '@countersign/factors/backup-codes/server';
import { email } from '@countersign/factors/email/server';
import { passkey } from '@countersign/factors/passkey/server';
import { sms } from '@countersign/factors/sms/server';
import { totp } from '@countersign/factors/totp/server';
import { type Backend, type BackendOptions, createBackend } from '../index.ts';
import { argon2id } from './argon2id.ts';
import { keepHouse } from './housekeeping.ts';
import { loadKeys } from './load-keys.ts';
import { sqliteStore } from './sqlite-store.ts';

/** Options of {@link createNodeBackend}: those of a backend, of which most have a default here. */
export interface NodeBackendOptions
  extends
    Pick<BackendOptions, 'settings' | 'origins'>,
    Partial<Omit<BackendOptions, 'settings' | 'origins' | 'store' | 'keys'>> {
  /** The folder of the database, and in development of the key. Default: `./data`. */
  dataDir?: string;
  /** Keys as JSON, the one that makes what is new first; production requires them. Default: the one that development makes and keeps in `dataDir`. */
  keys?: string | undefined;
}

/** A backend that holds a database open. */
export interface NodeBackend extends Backend {
  /** Nothing may be asked of the backend from then on. */
  close(): Promise<void>;
}

/**
 * Puts a backend together for Node: SQLite in `dataDir`, Argon2id, every factor. For host apps that mount it themselves
 * with `toFetchHandler`; `serve` is a server of its own. Throws `ConfigurationError`.
 */
export const createNodeBackend = async (options: NodeBackendOptions): Promise<NodeBackend> => {
  const { dataDir = './data', keys: text, ...given } = options;
  const keys = await loadKeys({ keys: text, dataDir, production: given.environment !== 'development' });
  const store = await sqliteStore({ path: join(dataDir, 'countersign.db') });
  try {
    const parts = {
      factors: [sms(), email(), totp(), passkey(), backupCodes()],
      connectors: [],
      slowHash: argon2id(),
    };
    const backend = await createBackend({ ...parts, ...given, keys, store });
    // Stored settings may need what this backend was not given; better said now than to the first visitor.
    await backend.settings.read();
    await backend.keys.check();
    const housekeeping = keepHouse(backend, given.report ?? ((error) => console.error(error)));
    return { ...backend, close: () => housekeeping.stop().then(() => store.close()) };
  } catch (error) {
    await store.close();
    throw error;
  }
};
