import { ConfigurationError, type SettingsInput } from '../../index.ts';
import { serve, type ServeOptions } from '../serve.ts';
import type { Arguments } from './arguments.ts';
import type { Config } from './config.ts';
import { makeConnectors, printedChannels } from './connectors.ts';
import { type Environment, readEnvironment, type Variables } from './environment.ts';
import { loadConfig } from './load-config.ts';

/** What a command can do besides its work. */
export interface Terminal {
  print(line: string): void;
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
}

/** What one word of the command line does. */
export type Command = (given: Arguments, variables: Variables, terminal: Terminal) => Promise<void>;

/** What there is to try where nobody has decided anything yet. */
const trialSettings: SettingsInput = {
  appName: 'Countersign',
  signUp: { identifiers: ['email', 'phone'] },
  factors: ['sms', 'email', 'totp', 'backup-codes'],
};

const isOfThisMachine = (origin: string): boolean =>
  URL.canParse(origin) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);

/** A server for others that nobody called production would print codes and ask for no key. */
const checkName = ({ isNamed }: Environment, { origins = [] }: Config): void => {
  const foreign = origins.find((origin) => !isOfThisMachine(origin));
  if (isNamed || foreign === undefined) return;
  throw new ConfigurationError(`NODE_ENV: set it to production or development, since origins has "${foreign}"`);
};

const settingsOf = (config: Config, development: boolean): SettingsInput => {
  if (config.settings) return config.settings;
  if (development) return trialSettings;
  throw new ConfigurationError(
    '--config: name a file with settings, origins and connectors; production has no defaults',
  );
};

type Defined<Given> = { [Name in keyof Given]?: Exclude<Given[Name], undefined> };

/** Without what is undefined, so that the defaults of the server stand. */
const defined = <Given extends object>(given: Given): Defined<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<Given>;

const optionsOf = (config: Config, given: Environment, print: Terminal['print']): ServeOptions => {
  const { isNamed: _isNamed, ...environment } = given;
  const development = environment.environment === 'development';
  const { settings: _settings, connectors: listed = [], ...rest } = config;
  const connectors = makeConnectors(listed);
  const printed = development ? printedChannels(connectors, print) : [];
  return {
    ...defined(rest),
    ...environment,
    settings: settingsOf(config, development),
    connectors: [...connectors, ...printed],
  };
};

/** What the command line, the environment and the configuration say of a server. */
export const readServeOptions = async (
  given: Arguments,
  variables: Variables,
  { print }: Terminal,
): Promise<ServeOptions & Environment> => {
  const environment = readEnvironment(given, variables);
  const config = given.config === undefined ? {} : await loadConfig(given.config);
  checkName(environment, config);
  return { ...optionsOf(config, environment, print), ...environment };
};

/** Serves until the process is told to stop, and lets what is under way finish. */
export const serveCommand: Command = async (given, variables, terminal) => {
  const { print, stopping } = terminal;
  const options = await readServeOptions(given, variables, terminal);
  const server = await serve(options);
  print(`Countersign (${options.environment}) listens at ${server.url}, with its data in ${options.dataDir}`);
  if (!stopping.aborted) await new Promise((resolve) => stopping.addEventListener('abort', resolve));
  await server.close();
};
