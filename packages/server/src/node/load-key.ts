import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, createKey, type Key, readKey } from '../index.ts';

/** Where the key comes from. */
export interface LoadKeyOptions {
  /** The value of `COUNTERSIGN_KEYS`: a key as JSON. */
  keys: string | undefined;
  /** Where development keeps the key that it makes once, in `keys.json`. */
  dataDir: string;
  production: boolean;
}

const parse = (text: string, source: string): Key => {
  try {
    return readKey(JSON.parse(text));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`${source} must be a key as JSON, as createKey() gives it`, { cause: error });
  }
};

const readText = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/**
 * The key of a server: from the environment, or in development from a file that only its owner can read, made at the
 * first start. Throws {@link ConfigurationError} in production without one.
 */
export const loadKey = async ({ keys, dataDir, production }: LoadKeyOptions): Promise<Key> => {
  if (keys !== undefined) return parse(keys, 'COUNTERSIGN_KEYS');
  if (production) throw new ConfigurationError('COUNTERSIGN_KEYS: set it to a key as JSON, made once with createKey()');
  const path = join(dataDir, 'keys.json');
  const kept = await readText(path);
  if (kept !== null) return parse(kept, path);
  const key = await createKey();
  await mkdir(dataDir, { recursive: true });
  await writeFile(path, JSON.stringify(key), { mode: 0o600, flag: 'wx' });
  return key;
};
