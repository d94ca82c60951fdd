import { ConfigurationError, createKey, createNextKey, type KeyRing } from '../../index.ts';
import { parseKeys } from '../load-keys.ts';
import { createNodeBackend } from '../node-backend.ts';
import { originsOf } from '../serve.ts';
import type { Variables } from './environment.ts';
import { type Command, readServeOptions } from './serve-command.ts';

const name = 'COUNTERSIGN_KEYS';

const readRing = (variables: Variables): KeyRing => {
  const text = variables[name];
  if (!text) throw new ConfigurationError(`${name}: set it to the keys that there are`);
  return parseKeys(text, name);
};

/** Prints another ring made of the one that there is. */
const printing =
  (change: (ring: KeyRing) => Promise<readonly KeyRing[number][]> | readonly KeyRing[number][]): Command =>
  async (_given, variables, { print }) =>
    print(JSON.stringify(await change(readRing(variables))));

const rekeyCommand: Command = async (given, variables, terminal) => {
  const options = await readServeOptions(given, variables, terminal);
  const backend = await createNodeBackend({ ...options, origins: originsOf(options) });
  try {
    terminal.print(`Sealed anew: ${await backend.keys.rekey()}`);
    const spare = await backend.keys.spare();
    terminal.print(`Keys that no row needs: ${spare.join(', ') || 'none'}`);
  } finally {
    await backend.close();
  }
};

/** The life of a key: made, added for reading, put first, given all rows, and the others dropped. */
export const keyCommands: Readonly<Record<string, Command>> = {
  key: async (_given, _variables, { print }) => print(JSON.stringify([await createKey()])),
  'add-key': printing(async (ring) => [...ring, await createNextKey(ring[0])]),
  'use-key': printing((ring) => ring.slice(-1).concat(ring.slice(0, -1))),
  rekey: rekeyCommand,
  'drop-keys': printing(([first]) => [first]),
};
