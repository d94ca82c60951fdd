import { ConfigurationError } from '@countersign/server';
import { readEnvironment } from './environment.ts';
import { startServer } from './start-server.ts';

try {
  const server = await startServer(readEnvironment(process.env));
  console.log(`Countersign demo: ${server.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
