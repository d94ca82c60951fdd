import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../index.ts';

/** What the command line asks for. */
export interface Arguments {
  /** Null where none is named. */
  command: string | null;
  help: boolean;
  version: boolean;
  port: string | undefined;
  data: string | undefined;
  config: string | undefined;
}

/** The library adds advice for programmers after its first sentence. */
const firstSentence = (text: string): string => text.split('. ', 1)[0] ?? text;

/** Reads the arguments after the program's name. Throws {@link ConfigurationError} for what it does not know. */
export const readArguments = (args: readonly string[]): Arguments => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
      },
    });
    const [command = null, surplus] = positionals;
    if (surplus !== undefined) throw new ConfigurationError(`Unexpected argument '${surplus}'`);
    const { help = false, version = false, port, data, config } = values;
    return { command, help, version, port, data, config };
  } catch (error) {
    if (error instanceof TypeError) throw new ConfigurationError(firstSentence(error.message), { cause: error });
    throw error;
  }
};
