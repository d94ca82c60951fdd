import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for files of configuration. */
export interface ConfigFiles {
  folder: string;
  /** A file of this content in a folder of its own; gives its path. */
  write(name: string, content: string): string;
  writeJson(config: object): string;
  remove(): void;
}

export const createConfigFiles = (): ConfigFiles => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
  const write = (name: string, content: string): string => {
    const path = join(mkdtempSync(join(folder, 'config-')), name);
    writeFileSync(path, content);
    return path;
  };
  return {
    folder,
    write,
    writeJson: (config) => write('countersign.json', JSON.stringify(config)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
