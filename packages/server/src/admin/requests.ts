import { channel } from '@countersign/core/code-stage';
import { usages } from '@countersign/core/connector';
import { amr, hostKind } from '@countersign/core/flow';
import { identifier } from '@countersign/core/identifier';
import * as v from 'valibot';
import { eventTypes } from '../events/types.ts';

/** A time in ISO 8601; Unix milliseconds once it is read. */
const time = v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse));

const text = (maximum: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maximum));

/** `POST /admin/flows`: what `backend.flows.begin` takes, with times as text. */
export const beginFlowRequest = v.strictObject({
  kind: hostKind,
  userId: text(256),
  factor: v.exactOptional(text(64)),
  firstFactor: v.strictObject({ amr: v.array(amr), at: time }),
  audience: text(256),
  nonce: text(256),
  locale: v.exactOptional(text(35)),
  identifiers: v.exactOptional(v.array(v.strictObject({ ...identifier.entries, verifiedAt: v.exactOptional(time) }))),
});

/** `POST /admin/account-tokens`: what `backend.accounts.issueToken` takes, with times as text. */
export const accountTokenRequest = v.strictObject({
  userId: text(256),
  firstFactor: v.strictObject({ amr: v.array(amr), at: time }),
});

/** `POST /admin/users/:id/factors`: an address as it is known elsewhere, and the factor that it is once it is proved. */
export const importFactorRequest = v.pipe(
  v.strictObject({
    type: text(64),
    phone: v.exactOptional(text(64)),
    email: v.exactOptional(text(320)),
    /** When the user proved it. Default: null, nobody has; then it is never a factor, and is suggested when one is set up. */
    verifiedAt: v.exactOptional(v.nullable(time), null),
  }),
  v.check(({ phone, email }) => (phone === undefined) !== (email === undefined), 'must name a phone or an email'),
);

/** `POST /admin/messages`: a message for trial. */
export const tryMessageRequest = v.strictObject({
  /** `BindMFA` is accepted for `BindMfa`. */
  usage: v.pipe(
    v.picklist([...usages, 'BindMFA']),
    v.transform((name) => (name === 'BindMFA' ? 'BindMfa' : name)),
  ),
  channel,
  to: text(320),
  /** BCP 47. Default: English. */
  locale: v.exactOptional(text(35), 'en'),
});

/** A factor as it is shown to administrators. */
export const administeredFactor = v.strictObject({
  id: v.string(),
  type: v.string(),
  /** Masked. */
  target: v.string(),
  createdAt: v.string(),
  /** When it last verified; null when it was only bound. */
  lastUsedAt: v.nullable(v.string()),
});
export type AdministeredFactor = v.InferOutput<typeof administeredFactor>;

/** `GET /admin/events`: which of them. */
export const eventsRequest = v.strictObject({
  userId: v.exactOptional(v.nullable(text(256)), null),
  type: v.exactOptional(v.nullable(v.picklist(eventTypes)), null),
  /** The id of the last event that is known. */
  after: v.exactOptional(v.nullable(text(64)), null),
  /** At most 200. Default: 50. */
  limit: v.exactOptional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/u), v.transform(Number), v.minValue(1), v.maxValue(200)),
    '50',
  ),
});
