import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, run } from './run.mjs';

/** Installs what package-lock.json names unless node_modules already holds exactly that. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages ...');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  await must('npm ci', run('npm', args, { shell: process.platform === 'win32' }));
}

function isInstalled() {
  // npm leaves this list of what it put there, as the last thing it does.
  const present = packagesIn('node_modules/.package-lock.json');
  const wanted = packagesIn('package-lock.json');
  // An optional package that is missing belongs to another platform.
  const fits = ([path, { version, optional }]) => (present[path] ? present[path].version === version : optional);
  return Object.entries(wanted).every(fits) && Object.keys(present).every((path) => path in wanted);
}

function packagesIn(lockFile) {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, lockFile), 'utf8'));
    delete packages[''];
    return packages;
  } catch {
    return {};
  }
}
