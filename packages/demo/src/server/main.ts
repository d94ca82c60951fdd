import { ConfigurationError } from '@countersign/server';
import { readEnvironment } from './environment.ts';
import { startServer } from './start-server.ts';

/** `EX_CONFIG` of sysexits.h: a supervisor need not try again before somebody has changed the configuration. */
const badConfiguration = 78;

try {
  await startServer(readEnvironment(process.env));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = badConfiguration;
}
