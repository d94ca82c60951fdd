import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '../../index.ts';
import { type Config, readConfig } from './config.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`--config: "${path}" can't be read (${reasonOf(error)})`, { cause: error });
  }
};

const loadJson = async (path: string): Promise<unknown> => {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${basename(path)}: is not JSON (${reasonOf(error)})`, { cause: error });
  }
};

const loadModule = async (path: string): Promise<unknown> => {
  await readText(path);
  try {
    const loaded: { default?: unknown } = await import(pathToFileURL(resolve(path)).href);
    return loaded.default;
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`${basename(path)}: can't be loaded (${reasonOf(error)})`, { cause: error });
  }
};

/** Loads a configuration: JSON, or a module whose default export is the same. Throws {@link ConfigurationError}. */
export const loadConfig = async (path: string): Promise<Config> => {
  switch (extname(path)) {
    case '.json':
      return readConfig(basename(path), await loadJson(path));
    case '.mjs':
    case '.js':
      return readConfig(basename(path), await loadModule(path));
    default:
      throw new ConfigurationError(`--config: "${path}" must end with .json or .mjs`);
  }
};
