import { ConfigurationError } from '../../index.ts';
import type { Arguments } from './arguments.ts';

/** Environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What flags and environment say of a server; a flag comes before its variable. */
export interface Environment {
  port: number;
  dataDir: string;
  /** `COUNTERSIGN_KEYS`. */
  keys: string | undefined;
  environment: 'production' | 'development';
  /** Whether `NODE_ENV` says so, rather than nothing. */
  isNamed: boolean;
}

const readPort = (source: string, text: string): number => {
  const port = Number(text);
  if (/^\d+$/u.test(text) && port > 0 && port < 65_536) return port;
  throw new ConfigurationError(`${source}: "${text}" must be a port from 1 to 65535, such as 3000`);
};

const readName = (name: string): Environment['environment'] => {
  if (name === 'production') return name;
  if (['', 'development', 'test'].includes(name)) return 'development';
  throw new ConfigurationError(`NODE_ENV: "${name}" must be production or development`);
};

/** Reads `PORT`, `DATA_DIR`, `COUNTERSIGN_KEYS` and `NODE_ENV`. Throws {@link ConfigurationError}. */
export const readEnvironment = (
  { port, data }: Pick<Arguments, 'port' | 'data'>,
  variables: Variables,
): Environment => {
  const name = variables['NODE_ENV'] ?? '';
  return {
    port: port === undefined ? readPort('PORT', variables['PORT'] || '3000') : readPort('--port', port),
    dataDir: data ?? (variables['DATA_DIR'] || './data'),
    keys: variables['COUNTERSIGN_KEYS'] || undefined,
    environment: readName(name),
    isNamed: name !== '',
  };
};
