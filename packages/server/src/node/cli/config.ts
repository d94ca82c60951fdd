import * as v from 'valibot';
import type { FactorServer } from '@countersign/core/factor';
import { type BackendOptions, ConfigurationError, type SlowHash } from '../../index.ts';
import { scopes } from '../../http/administrator.ts';
import { settingsSchema } from '../../settings/schema.ts';

const text = v.pipe(v.string('must be a string'), v.minLength(1, 'must not be empty'));
const texts = v.array(text, 'must be a list');

const scope = v.picklist(scopes, `must be one of ${scopes.join(', ')}`);

const administrator = v.strictObject(
  {
    /** As `countersign administrator-key` prints it. */
    keyHash: v.pipe(v.string('must be a string'), v.regex(/^[\w-]{43}$/u, 'must be what administrator-key prints')),
    scopes: v.array(scope, 'must be a list'),
    /** ISO 8601; null for never. */
    expiresAt: v.optional(
      v.nullable(v.pipe(v.string('must be a date'), v.isoTimestamp('must be a date'), v.transform(Date.parse))),
      null,
    ),
  },
  'must be an object',
);

const hasFunction = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && name in value && typeof Reflect.get(value, name) === 'function';

const factor = v.custom<FactorServer>((value) => hasFunction(value, 'setup'), 'must be a factor, such as sms()');
const onEvent = v.custom<NonNullable<BackendOptions['onEvent']>>(
  (value) => typeof value === 'function',
  'must be a function',
);
const slowHash = v.custom<SlowHash>((value) => hasFunction(value, 'derive'), 'must be a hash, such as argon2id()');

const proxies = v.pipe(v.number('must be a number'), v.integer('must be whole'), v.minValue(0), v.maxValue(10));

const configSchema = v.strictObject(
  {
    settings: v.optional(settingsSchema),
    origins: v.optional(texts),
    audiences: v.optional(texts),
    /** Each is told apart by its `type`; a module may also give what a connector's function made. */
    connectors: v.optional(v.array(v.unknown(), 'must be a list')),
    administrators: v.optional(v.array(administrator, 'must be a list')),
    settingsManagedBy: v.optional(v.picklist(['code', 'store'], 'must be "code" or "store"')),
    basePath: v.optional(text),
    host: v.optional(text),
    proxies: v.optional(proxies),
    /** Only a module can give these. */
    onEvent: v.optional(onEvent),
    factors: v.optional(v.array(factor, 'must be a list')),
    slowHash: v.optional(slowHash),
    formerHashes: v.optional(v.array(slowHash, 'must be a list')),
  },
  'must be an object',
);

/** What a configuration file says, connectors not yet made. */
export type Config = v.InferOutput<typeof configSchema>;

const sentenceOf = ({ type, expected, message }: v.BaseIssue<unknown>): string => {
  if (type !== 'strict_object') return message;
  if (expected === 'never') return 'is not an option';
  return expected === 'Object' ? message : 'is missing';
};

/** Checks what a file named `source` says. Throws {@link ConfigurationError} with the path of the first fault. */
export const readConfig = (source: string, value: unknown): Config => {
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new ConfigurationError(`${source}: ${path === null ? '' : `${path}: `}${sentenceOf(issue)}`);
};
