import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
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

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const readText = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
};

/** There whole or not at all, also when the process is killed meanwhile; of two at once the first one's key stays. */
const writeOnce = async (path: string, { id, ...rest }: Key): Promise<void> => {
  const draft = `${path}.${id}`;
  await writeFile(draft, JSON.stringify({ id, ...rest }), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
};

/**
 * The key of a server: from the environment, or in development from a file that only its owner can read, made at the
 * first start. Throws {@link ConfigurationError} in production without one.
 */
export const loadKey = async ({ keys, dataDir, production }: LoadKeyOptions): Promise<Key> => {
  if (keys !== undefined) return parse(keys, 'COUNTERSIGN_KEYS');
  if (production)
    throw new ConfigurationError('COUNTERSIGN_KEYS: set it to a key as JSON, made once with "countersign key"');
  const path = join(dataDir, 'keys.json');
  const kept = await readText(path);
  if (kept !== null) return parse(kept, path);
  await mkdir(dataDir, { recursive: true });
  await writeOnce(path, await createKey());
  return parse((await readText(path)) ?? '', path);
};
