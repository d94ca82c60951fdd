import { ConfigurationError } from '@countersign/core/errors';
import type { BackendOptions } from './create-backend.ts';
import { readKey } from './crypto/keys.ts';
import { readSettings } from './settings/schema.ts';

const refuse = (sentence: string): never => {
  throw new ConfigurationError(sentence);
};

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

const checkOrigins = ({ origins, environment }: BackendOptions): void => {
  if (origins.length === 0)
    refuse('origins: list the origin of the page that holds the elements, such as https://app.example');
  for (const origin of origins) {
    if (!isOrigin(origin)) refuse(`origins: "${origin}" must be an exact origin, such as https://app.example`);
    const secure = origin.startsWith('https://') || environment === 'development';
    if (!secure) refuse(`origins: "${origin}" must use https in production`);
  }
};

const checkFactors = ({ factors, connectors, settings }: BackendOptions): void => {
  for (const [index, type] of settings.factors.entries()) {
    const factor = factors.find(({ contract }) => contract.type === type);
    if (!factor) {
      refuse(`settings.factors.${index}: "${type}" is not among the factors given; add it to factors or take it out`);
      continue;
    }
    const [needed] = factor.channels;
    const served = needed === undefined || connectors.some(({ channel }) => channel === needed);
    if (!served) refuse(`connectors: the factor "${type}" is on and needs a connector for the channel "${needed}"`);
  }
};

/** Finds what would fail later, before anything starts; each refusal is one sentence that says what to set. */
export const checkOptions = (options: BackendOptions): void => {
  readKey(options.key);
  readSettings(options.settings, options.environment !== 'development');
  checkOrigins(options);
  checkFactors(options);
  if (options.basePath !== undefined && !/^(\/[\w-]+)+$/u.test(options.basePath)) {
    refuse(`basePath: "${options.basePath}" must begin with a slash and not end with one, such as /api/v1`);
  }
};
