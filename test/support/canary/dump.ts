import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sight } from './look.ts';

/** The files of a database as they are now, byte by byte. */
export const dumpOf = (folder: string): Sight[] =>
  readdirSync(folder).map((file) => ({ place: 'dump', text: readFileSync(join(folder, file), 'latin1') }));
