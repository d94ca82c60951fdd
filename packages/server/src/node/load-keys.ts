import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, createKey, type KeyRing, readKeys } from '../index.ts';

/** Where the keys come from. */
export interface LoadKeysOptions {
  /** The value of `COUNTERSIGN_KEYS`: keys as JSON. */
  keys: string | undefined;
  /** Where development keeps the key that it makes once, in `keys.json`. */
  dataDir: string;
  production: boolean;
}

/** Reads keys as JSON; `source` names where they are from. Throws {@link ConfigurationError}. */
export const parseKeys = (text: string, source: string): KeyRing => {
  try {
    return readKeys(JSON.parse(text));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`${source} must be keys as JSON, as "countersign key" prints them`, { cause: error });
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
const writeOnce = async (path: string, ring: KeyRing): Promise<void> => {
  const draft = `${path}.${ring[0].id}`;
  await writeFile(draft, JSON.stringify(ring), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
};

/**
 * The keys of a server: from the environment, or in development from a file that only its owner can read, made at the
 * first start. Throws {@link ConfigurationError} in production without one.
 */
export const loadKeys = async ({ keys, dataDir, production }: LoadKeysOptions): Promise<KeyRing> => {
  if (keys !== undefined) return parseKeys(keys, 'COUNTERSIGN_KEYS');
  if (production)
    throw new ConfigurationError('COUNTERSIGN_KEYS: set it to keys as JSON, made once with "countersign key"');
  const path = join(dataDir, 'keys.json');
  const kept = await readText(path);
  if (kept !== null) return parseKeys(kept, path);
  await mkdir(dataDir, { recursive: true });
  await writeOnce(path, [await createKey()]);
  return parseKeys((await readText(path)) ?? '', path);
};
