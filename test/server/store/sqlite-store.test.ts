import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type SqliteStore, sqliteStore } from '../../../packages/server/src/node/sqlite-store.ts';
import { storeSuite } from './store-suite.ts';

const folder = await mkdtemp(join(tmpdir(), 'countersign-store-'));
const opened: SqliteStore[] = [];

after(async () => {
  for (const store of opened) await store.close();
  await rm(folder, { recursive: true });
});

storeSuite('sqlite', async () => {
  const store = await sqliteStore({ path: join(folder, `${opened.length}.db`) });
  opened.push(store);
  return store;
});
