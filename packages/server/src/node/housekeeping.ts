import { redactError } from '../events/redact.ts';
import type { Backend, BackendOptions } from '../index.ts';

type Report = NonNullable<BackendOptions['report']>;

/** Milliseconds between two looks at the outbox: a code waits no longer than its sender's lease and this. */
const outboxEvery = 5000;

/** Milliseconds between two sweeps. */
const sweepEvery = 3600_000;

/** Work that a server does besides answering. */
export interface Housekeeping {
  /** Begins nothing more, and resolves when what was begun is done. */
  stop(): Promise<void>;
}

/** Does the work now and again, never twice at once; what goes wrong is reported, and tried again the next time. */
const repeat = (work: () => Promise<unknown>, every: number, report: Report): Housekeeping => {
  let running: Promise<void> | null = null;
  const once = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      report(redactError(error), { requestId: null });
    } finally {
      running = null;
    }
  };
  const timer = setInterval(() => (running ??= once()), every);
  // A program that has nothing else to do may end.
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
};

/** Hands over what a process that died has left in the outbox, and drops what is over. */
export const keepHouse = (backend: Backend, report: Report): Housekeeping => {
  const works = [
    repeat(() => backend.outbox.run(), outboxEvery, report),
    repeat(() => backend.sweep(), sweepEvery, report),
  ];
  return {
    async stop() {
      await Promise.all(works.map((work) => work.stop()));
    },
  };
};
