import * as v from 'valibot';
import { identifier } from '@countersign/core/identifier';

const time = v.pipe(v.string(), v.isoTimestamp());

const factor = {
  id: v.string(),
  type: v.string(),
  target: v.string(),
  name: v.nullable(v.string()),
  createdAt: time,
  lastUsedAt: v.nullable(time),
};

const device = v.strictObject({ id: v.string(), label: v.string(), createdAt: time, expiresAt: time });

/** An account as its owner sees it. */
export const accountSchema = v.strictObject({
  userId: v.string(),
  identifiers: v.array(identifier),
  isOn: v.boolean(),
  policy: v.picklist(['mandatory', 'optional']),
  factors: v.array(v.strictObject({ ...factor, isDefault: v.boolean(), enabled: v.boolean(), locked: v.boolean() })),
  available: v.array(v.string()),
  devices: v.array(device),
});

/** All that is kept about a user. */
export const accountExportSchema = v.strictObject({
  exportedAt: time,
  userId: v.string(),
  createdAt: time,
  identifiers: v.array(v.strictObject({ ...identifier.entries, verifiedAt: v.nullable(time) })),
  factors: v.array(v.strictObject({ ...factor, address: v.nullable(v.string()) })),
  devices: v.array(device),
  declined: v.array(v.string()),
});
