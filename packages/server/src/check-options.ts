import { ConfigurationError } from '@countersign/core/errors';
import type { BackendOptions } from './create-backend.ts';
import { readKeys } from './crypto/keys.ts';

const refuse = (sentence: string): never => {
  throw new ConfigurationError(sentence);
};

/** A star is a letter of hosts for URL, and would stand for nothing but itself. */
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');

const checkOrigins = ({ origins, environment }: BackendOptions): void => {
  if (origins.length === 0)
    refuse('origins: list the origin of the page that holds the elements, such as https://app.example');
  for (const origin of origins) {
    if (!isOrigin(origin)) refuse(`origins: "${origin}" must be an exact origin, such as https://app.example`);
    const secure = origin.startsWith('https://') || environment === 'development';
    if (!secure) refuse(`origins: "${origin}" must use https in production`);
  }
};

/** A report of a message goes to the connector of its id. */
const checkConnectors = ({ connectors }: BackendOptions): void => {
  const ids = connectors.filter(({ readReports }) => readReports).map(({ id }) => id);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) refuse(`connectors: two that hear reports have the id "${twice}"; give each one of its own`);
};

/** Finds what would fail later, before anything starts; each refusal is one sentence that says what to set. */
export const checkOptions = (options: BackendOptions): void => {
  readKeys(options.keys);
  checkOrigins(options);
  checkConnectors(options);
  if (options.basePath !== undefined && !/^(\/[\w-]+)+$/u.test(options.basePath)) {
    refuse(`basePath: "${options.basePath}" must begin with a slash and not end with one, such as /api/v1`);
  }
  if (options.environment === 'development') return;
  if (options.slowHash?.isForTests) {
    refuse('slowHash: the one for tests protects nothing; leave it out, or use argon2id()');
  }
  if (options.formerHashes?.some(({ isForTests }) => isForTests)) {
    refuse('formerHashes: the one for tests protects nothing; leave it out');
  }
  const shown = options.connectors.find(({ isForTests }) => isForTests);
  if (shown) refuse(`connectors: "${shown.id}" shows messages instead of sending them; give one that sends`);
};
