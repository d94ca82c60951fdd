import { setTimeout as sleep } from 'node:timers/promises';
import type { Command, CommandLine } from './command-line.ts';

/** A server that is killed and started again, with the same data at the same place. */
export interface MortalServer {
  readonly url: string;
  /** How often it was started. */
  readonly lives: number;
  start(): Promise<void>;
  /** SIGKILL: nothing of it runs any further. */
  kill(): Promise<void>;
  /** Resolves while it takes requests. */
  up(): Promise<void>;
  /** Whether this life has ended; waits a moment, since a request may notice before the process is seen to be gone. */
  isOver(life: number): Promise<boolean>;
}

/** `args` are those of the command that serves; it must print where it listens. */
export const createMortalServer = (commandLine: CommandLine, args: readonly string[], url: string): MortalServer => {
  let lives = 0;
  let command: Command | null = null;
  let declareUp = (): void => {};
  let isUp = new Promise<void>((resolve) => (declareUp = resolve));
  return {
    url,
    get lives() {
      return lives;
    },
    async start() {
      command = commandLine.run(args);
      await command.printed(/ listens at /u);
      lives += 1;
      declareUp();
    },
    async kill() {
      isUp = new Promise((resolve) => (declareUp = resolve));
      command?.process.kill('SIGKILL');
      await command?.ended;
      command = null;
    },
    up: () => isUp,
    async isOver(life) {
      for (let waits = 0; waits < 100 && command !== null && lives === life; waits += 1) await sleep(10);
      return command === null || lives !== life;
    },
  };
};
