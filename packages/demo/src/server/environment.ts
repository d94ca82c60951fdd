import { ConfigurationError } from '@countersign/server';

/** What the demo is told from outside. */
export interface Environment {
  port: number;
  /** The one origin that the demo is used from. */
  origin: string;
  /** Where the users are kept, and the key that the first start makes. */
  dataDir: string;
  /** `COUNTERSIGN_KEYS`: a key as JSON, in the place of the kept one. */
  keys: string | undefined;
  /** `ADMINISTRATOR_KEY_HASH`, as `countersign administrator-key` prints it: who may do things about users. */
  administrator: string | undefined;
}

const readPort = (text: string): number => {
  const port = Number(text);
  const usable = /^\d+$/u.test(text) && port > 0 && port < 65_536;
  if (!usable) throw new ConfigurationError(`PORT: "${text}" must be a port from 1 to 65535, such as 3000`);
  return port;
};

/** Reads `PORT`, `DATA_DIR`, `COUNTERSIGN_KEYS` and `ADMINISTRATOR_KEY_HASH`. Throws {@link ConfigurationError}. */
export const readEnvironment = (variables: Readonly<Record<string, string | undefined>>): Environment => {
  const port = readPort(variables['PORT'] || '3000');
  return {
    port,
    origin: new URL(`http://localhost:${port}`).origin,
    dataDir: variables['DATA_DIR'] || './data',
    keys: variables['COUNTERSIGN_KEYS'],
    administrator: variables['ADMINISTRATOR_KEY_HASH'] || undefined,
  };
};
