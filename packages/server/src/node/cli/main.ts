import { ConfigurationError } from '../../index.ts';
import { run } from './run.ts';

const stopping = new AbortController();
// Once: the second time the process ends at once, as it would have without us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

/** What a person can mend: a wrong option, or a file or port that the system refuses. */
const isTheirs = (error: unknown): error is Error =>
  error instanceof ConfigurationError || (error instanceof Error && 'syscall' in error);

try {
  await run(process.argv.slice(2), process.env, { print: console.log, stopping: stopping.signal });
} catch (error) {
  if (!isTheirs(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
