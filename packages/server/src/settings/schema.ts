import { ConfigurationError, type ErrorCode } from '@countersign/core/errors';
import { type SignInMethod, signInMethod } from '@countersign/core/flow';
import { type IdentifierType, identifierType } from '@countersign/core/identifier';
import * as v from 'valibot';
import { sends } from './sends.ts';
import { templates } from './templates.ts';
import { whole } from './whole.ts';

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

const prompt = v.picklist(
  ['sign-in-and-sign-up', 'sign-in', 'never'],
  'must be "sign-in-and-sign-up", "sign-in" or "never"',
);

/** Whether people must have a second factor, or are asked for one, and when. */
const policy = v.variant(
  'mode',
  [
    v.strictObject({ mode: v.literal('mandatory') }),
    v.strictObject({
      mode: v.literal('optional'),
      prompt,
      /** ISO 8601; from then on the policy is mandatory. Default: never. */
      mandatoryFrom: v.optional(v.pipe(v.string(), v.isoTimestamp('must be a time such as 2027-01-01T00:00:00Z'))),
    }),
  ],
  'must be {"mode": "mandatory"} or {"mode": "optional", "prompt": …}',
);
export type Policy = v.InferOutput<typeof policy>;

const identifiers = v.pipe(
  v.array(identifierType),
  v.checkItems((type, index, all) => all.indexOf(type) === index, 'must not be named twice'),
);

/** How somebody who signs in proves who they are, the first being what is asked for at once. */
const methods = v.pipe(
  v.array(v.picklist(signInMethod.options, 'must be "password" or "code"')),
  v.minLength(1, 'must name at least one method'),
  v.checkItems((method, index, all) => all.indexOf(method) === index, 'must not be named twice'),
);

const sessions = v.strictObject({
  /** Hours after which one signs in again; at most a day (NIST SP 800-63B-4 §2.2.3). */
  lifeHours: v.optional(whole(1, 24), 12),
});

const events = v.strictObject({
  /** Days that the record of what happened is kept. */
  days: v.optional(whole(1, 3650), 90),
});

const acknowledged = v.picklist(
  ['mfa.forgot_password_weakens_sms', 'mfa.forgot_password_weakens_email'],
  'must be a warning that can be acknowledged',
);

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
  /** Whether a held passkey is asked for before the factor used last. Default: yes. */
  preferPasskey: v.optional(v.boolean('must be true or false'), true),
  /** Default: optional, asked for at sign-up and sign-in. */
  policy: v.optional(policy, { mode: 'optional', prompt: 'sign-in-and-sign-up' }),
  /**
   * What may name a user who signs up, the preferred first; each is proved by a code. Where nobody signs in with a
   * password, none is asked for. Default: nobody signs up here.
   */
  signUp: v.optional(v.strictObject({ identifiers: v.optional(identifiers, []) }), {}),
  /** What may name a user who signs in, by which methods. Default: the same as sign-up, with a password. */
  signIn: v.optional(v.strictObject({ identifiers: v.optional(identifiers), methods: v.optional(methods) })),
  /** What a forgotten password may be reset by, the preferred first; each is proved by a code. Default: none. */
  resetPassword: v.optional(v.strictObject({ identifiers: v.optional(identifiers, []) }), {}),
  /** For how many days a browser may be trusted, at most 30. Default: not offered. */
  trustedDevices: v.optional(v.strictObject({ days: whole(1, 30) })),
  /** Warnings, by code, that the operator has read and accepts; see `warnings.ts`. */
  acknowledgeWarnings: v.optional(v.array(acknowledged), []),
  /** Texts of messages by usage and language; what is missing falls back to `Generic`, then to the built-in texts. */
  templates: v.optional(templates, {}),
  codes: v.optional(codes, {}),
  sends: v.optional(sends, {}),
  sessions: v.optional(sessions, {}),
  events: v.optional(events, {}),
});

/** Settings as they are written; what is left out has its default. */
export type SettingsInput = v.InferInput<typeof settingsSchema>;

type Written = v.InferOutput<typeof settingsSchema>;

/** Settings with every default filled in. */
export type Settings = Omit<Written, 'countries' | 'signIn'> & {
  countries: 'all' | string[];
  signIn: { identifiers: IdentifierType[]; methods: SignInMethod[] };
};

/** What is wrong with settings: where, in one sentence, and under which code an API caller is told. */
export interface SettingsFault {
  /** Dotted; empty for the whole. */
  path: string;
  message: string;
  code: ErrorCode;
}

/** Checks settings from outside, as far as they can be judged alone. */
export const parseSettings = (value: unknown, production: boolean): Settings | SettingsFault => {
  const result = v.safeParse(settingsSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    return { path: v.getDotPath(issue) ?? '', message: issue.message, code: 'guard.invalid_input' };
  }
  const { output } = result;
  const { countries = production ? [] : ('all' as const), signUp } = output;
  const { identifiers: named = signUp.identifiers, methods: by = ['password'] } = output.signIn ?? {};
  return { ...output, countries, signIn: { identifiers: named, methods: by } };
};

/** Whether settings were refused. */
export const isFault = (value: Settings | SettingsFault): value is SettingsFault => 'message' in value;

/** The sentence for whoever puts a backend together. */
export const settingsError = ({ path, message }: SettingsFault): ConfigurationError =>
  new ConfigurationError(`settings${path ? `.${path}` : ''}: ${message}`);
