import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { root } from './sources.ts';

/** What an ended process left. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A process of `countersign`. */
export interface Command {
  process: ChildProcess;
  /** Resolves when it has printed something that fits. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/** The command line from the sources. */
export interface CommandLine {
  run(args: readonly string[], options?: { env?: NodeJS.ProcessEnv; cwd?: string }): Command;
  /** Writes a module, with what it imports of the repository's packages; gives its path. */
  writeModule(name: string, contents: string): Promise<string>;
  remove(): void;
}

/** With native or large files in them, which are taken from where they are installed. */
const external = ['@node-rs/argon2', '@photostructure/sqlite', '@zxcvbn-ts/language-common'];

const watch = (child: ChildProcess): Command => {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => (output[name] += chunk));
  }
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, ...output }));
  const printed = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (let match; ; await Promise.race([once(child.stdout ?? child, 'data'), ended])) {
      match = pattern.exec(output.stdout);
      if (match) return match;
      if (child.exitCode !== null) throw new Error(`it ended without printing ${pattern}: ${output.stderr}`);
    }
  };
  return { process: child, printed, ended };
};

const bundle = (options: Pick<BuildOptions, 'entryPoints' | 'stdin' | 'outfile'>) => {
  const format = { bundle: true, format: 'esm', platform: 'node', logLevel: 'error' } as const;
  return build({ ...format, ...options, conditions: ['countersign-source'], external });
};

/** Bundles the command line once, since compiling it at each start would take longer than what is tested. */
export const bundleCommandLine = async (): Promise<CommandLine> => {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'command-line-'));
  const outfile = join(folder, 'countersign.mjs');
  await bundle({ entryPoints: [join(root, 'packages', 'server', 'src', 'node', 'cli', 'main.ts')], outfile });
  return {
    run: (args, { env = {}, cwd = folder } = {}) =>
      watch(spawn(process.execPath, [outfile, ...args], { cwd, env: { PATH: process.env['PATH'], ...env } })),
    async writeModule(name, contents) {
      await bundle({ stdin: { contents, resolveDir: root }, outfile: join(folder, name) });
      return join(folder, name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
