export { argon2id } from './node/argon2id.ts';
export { listen, type Listening, type ListenOptions } from './node/listen.ts';
export { loadKeys, type LoadKeysOptions } from './node/load-keys.ts';
export { createNodeBackend, type NodeBackend, type NodeBackendOptions } from './node/node-backend.ts';
export { serve, type Served, type ServeOptions } from './node/serve.ts';
export { type SqliteStore, sqliteStore, type SqliteStoreOptions } from './node/sqlite-store.ts';
