import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { memoryStore, type Store } from '@countersign/server';
import { sqliteStore } from '@countersign/server/node';
import { createTestKit, type TestKit, type TestKitOptions } from '@countersign/server/testing';

type Open = () => Promise<Store>;

const openFile: Open = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-'));
  const store = await sqliteStore({ path: join(folder, 'countersign.db') });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  return store;
};

/** Every store that there is, by name, each opened empty; a file is closed and removed when the test is over. */
export const stores: readonly (readonly [name: string, open: Open])[] = [
  ['memory', async () => memoryStore()],
  ['SQLite', openFile],
];

/** A test kit on a store of its own. */
export const kitOn = async (open: Open, options: TestKitOptions = {}): Promise<TestKit> =>
  createTestKit({ ...options, store: await open() });
