import type { Backend } from '../index.ts';

/** Milliseconds between two looks at the outbox: a code waits no longer than its sender's lease and this. */
const every = 5000;

/** Work that a server does besides answering. */
export interface Housekeeping {
  /** Begins nothing more, and resolves when what was begun is done. */
  stop(): Promise<void>;
}

/** Hands over what a process that died has left in the outbox, now and again. */
export const keepHouse = (backend: Backend, report: (error: unknown) => void): Housekeeping => {
  let running: Promise<void> | null = null;
  const work = async (): Promise<void> => {
    try {
      await backend.outbox.run();
    } catch (error) {
      report(error);
    } finally {
      running = null;
    }
  };
  const timer = setInterval(() => (running ??= work()), every);
  // A program that has nothing else to do may end.
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
};
