import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sight } from './look.ts';

/** The files of a server's folder as they are now, byte by byte: what it prints is in `.log`, the rest is its database. */
export const sightsIn = (folder: string): Sight[] =>
  readdirSync(folder).map((file) => {
    const bytes = readFileSync(join(folder, file));
    return file.endsWith('.log')
      ? { place: 'log', text: bytes.toString() }
      : { place: 'dump', text: bytes.toString('latin1') };
  });
