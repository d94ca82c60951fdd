import { ConfigurationError } from '@countersign/core/errors';
import * as v from 'valibot';

const whole = (minimum: number, maximum: number) =>
  v.pipe(
    v.number(`must be a whole number from ${minimum} to ${maximum}`),
    v.integer(`must be a whole number from ${minimum} to ${maximum}`),
    v.minValue(minimum, `must be at least ${minimum}`),
    v.maxValue(maximum, `must be at most ${maximum}`),
  );

const region = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/u, 'must be an ISO 3166-1 code such as NL'));

const codes = v.strictObject({
  /** Digits of a code. */
  length: v.optional(whole(6, 10), 6),
  /** Seconds that a code lives; at most 10 minutes (NIST SP 800-63B-4 §3.1.3.2). */
  lifeSeconds: v.optional(whole(60, 600), 300),
  /** Tries that a code has. */
  maxTries: v.optional(whole(1, 10), 5),
  /** Seconds to wait after the first, second, ... message of a row; the last one repeats. */
  waitSeconds: v.optional(
    v.pipe(v.array(whole(30, 3600)), v.minLength(1, 'must name at least one wait')),
    [60, 120, 240],
  ),
});

const sends = v.strictObject({
  perNumberTenMinutes: v.optional(whole(1, 5), 5),
  perNumberDay: v.optional(whole(1, 10), 10),
  perUserDay: v.optional(whole(1, 10), 10),
});

/** What the operator decides, and may change while the backend runs. An unknown key is an error, not a typo to miss. */
export const settingsSchema = v.strictObject({
  /** Shown in messages; at most 30 characters, so that they fit one segment. */
  appName: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(30, 'must have at most 30 characters'),
  ),
  /** The factors that are on, by type, the preferred one first. */
  factors: v.pipe(v.array(v.string()), v.minLength(1, 'must name at least one factor')),
  /** Regions that messages may go to. In production nothing is sent until some are listed or `all` is written out. */
  countries: v.optional(
    v.union([v.literal('all'), v.array(region)], 'must be "all" or a list of codes such as ["NL", "DE"]'),
  ),
  codes: v.optional(codes, {}),
  sends: v.optional(sends, {}),
});

/** Settings as they are written; what is left out has its default. */
export type SettingsInput = v.InferInput<typeof settingsSchema>;

/** Settings with every default filled in. */
export type Settings = Omit<v.InferOutput<typeof settingsSchema>, 'countries'> & { countries: 'all' | string[] };

/** Checks settings from outside; throws {@link ConfigurationError} with the path of what is wrong. */
export const readSettings = (value: unknown, production: boolean): Settings => {
  const result = v.safeParse(settingsSchema, value);
  if (result.success) return { ...result.output, countries: result.output.countries ?? (production ? [] : 'all') };
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new ConfigurationError(`settings${path ? `.${path}` : ''}: ${issue.message}`);
};
