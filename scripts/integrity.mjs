import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes what each script of a folder must hash to, as the `integrity` of an import map (HTML standard, "Import maps"):
 * a page that takes the bundle from a foreign server learns when it was changed there, in late parts as well.
 */
export function writeIntegrity(folder) {
  const scripts = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'));
  const hash = (name) =>
    createHash('sha384')
      .update(readFileSync(join(folder, name)))
      .digest('base64');
  const integrity = Object.fromEntries(
    scripts.sort().map((name) => [`./${name.replaceAll('\\', '/')}`, `sha384-${hash(name)}`]),
  );
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify({ integrity }, null, 2)}\n`);
}
