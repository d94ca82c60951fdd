import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const windows = process.platform === 'win32';

/** Runs a program in the repository's root with its output passed through; resolves with its exit code. */
export function run(command, args, { env = {}, shell = false, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio, shell });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : code));
  });
}

/** Runs a tool that npm installed; resolves with its exit code. */
export function tool(name, args, options) {
  // On Windows npm's launchers are .cmd files, which only a shell can start.
  return run(`${root}node_modules/.bin/${name}`, args, { shell: windows, ...options });
}

/** Waits for a program that has to succeed, and throws a sentence when it does not. */
export async function must(what, exitCode) {
  const code = await exitCode;
  if (code !== 0) throw new Error(`${what} failed (exit code ${code}).`);
}
