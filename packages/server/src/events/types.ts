import * as v from 'valibot';

/** Everything that is recorded; docs/events.md says what each means. */
export const eventTypes = [
  'flow-begun',
  'flow-completed',
  'flow-replaced',
  'code-sent',
  'code-delivered',
  'code-failed',
  'notice-sent',
  'notice-failed',
  'message-dropped',
  'message-tried',
  'send-refused',
  'guess-right',
  'guess-wrong',
  'guess-refused',
  'locked',
  'unlocked',
  'factor-added',
  'factor-removed',
  'factor-renamed',
  'default-set',
  'mfa-on',
  'mfa-off',
  'user-added',
  'user-removed',
  'address-added',
  'password-set',
  'skips-forgotten',
  'session-begun',
  'session-ended',
  'sessions-ended',
  'browser-trusted',
  'browsers-forgotten',
  'step-up-given',
  'step-up-used',
  'account-exported',
  'pass-issued',
  'pass-used',
  'settings-changed',
  'keys-rotated',
] as const;

/** What happened. */
export type EventType = (typeof eventTypes)[number];

const textOrNull = v.nullable(v.string());

/** One thing that happened, as it is told to administrators and to `onEvent`; never a code, a secret or a full address. */
export const auditEvent = v.strictObject({
  /** Ids sort by time. */
  id: v.string(),
  /** ISO 8601. */
  at: v.string(),
  type: v.picklist(eventTypes),
  userId: textOrNull,
  flowId: textOrNull,
  /** `user`, `host`, `system`, `provider`, or `key:` and the beginning of the hash of an administrator's key. */
  actor: v.string(),
  /** The type of the factor that it is about. */
  factor: textOrNull,
  /** The masked address or factor that it is about. */
  target: textOrNull,
  /** What exactly, and why. */
  reason: textOrNull,
  /** `Countersign-Request-Id` of the answer to the request that caused it. */
  requestId: textOrNull,
});
export type AuditEvent = v.InferOutput<typeof auditEvent>;

/** A page of events. */
export const eventPage = v.strictObject({
  /** Oldest first. */
  events: v.array(auditEvent),
  /** What to give as `after` to go on; null where there was nothing yet. */
  next: textOrNull,
});
export type EventPage = v.InferOutput<typeof eventPage>;
