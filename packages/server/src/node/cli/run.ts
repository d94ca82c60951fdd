import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ConfigurationError, createAdministratorKey } from '../../index.ts';
import { readArguments } from './arguments.ts';
import type { Variables } from './environment.ts';
import { keyCommands } from './key-commands.ts';
import { type Command, serveCommand, type Terminal } from './serve-command.ts';

const help = `Usage: countersign <command> [options]

Commands
  serve              serve the backend until it is told to stop (SIGINT, SIGTERM)
  key                print a new key for COUNTERSIGN_KEYS
  add-key            print COUNTERSIGN_KEYS with another key at its end, which reads
  use-key            print COUNTERSIGN_KEYS with its last key first, which then makes what is new
  rekey              seal anew, under the first key, what others have sealed; options of serve
  drop-keys          print COUNTERSIGN_KEYS with its first key alone
  administrator-key  print a new key of the administration, and its hash for the configuration

Options of serve
  --port <number>    default: PORT, else 3000
  --data <folder>    of the database; default: DATA_DIR, else ./data
  --config <file>    .json, or .mjs with a default export: settings, origins, connectors, ...

  -h, --help         print this
  -v, --version      print the version

Environment
  NODE_ENV           production, or development (the default), which prints messages that no connector serves
  COUNTERSIGN_KEYS   what "countersign key" printed; production requires it`;

const manifest = v.object({ version: v.string() });

/** The same place seen from `src` and from `dist`. */
const readVersion = async (): Promise<string> => {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  return v.parse(manifest, JSON.parse(text)).version;
};

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  ...keyCommands,
  async 'administrator-key'(_given, _variables, { print }) {
    const { key, keyHash } = await createAdministratorKey();
    print(`key:     ${key}\nkeyHash: ${keyHash}`);
  },
};

/** Does what the arguments say. Throws {@link ConfigurationError} with one sentence for the person who typed them. */
export const run = async (args: readonly string[], variables: Variables, terminal: Terminal): Promise<void> => {
  const given = readArguments(args);
  const { command } = given;
  if (given.version) return terminal.print(await readVersion());
  if (given.help || command === null) return terminal.print(help);
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!known) throw new ConfigurationError(`There is no command '${command}'; see countersign --help`);
  return known(given, variables, terminal);
};
