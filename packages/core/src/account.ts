import * as v from 'valibot';
import type { HeldFactorView } from './flow.ts';
import type { Identifier } from './identifier.ts';

/** A held factor with what only its owner's account tells. */
export interface AccountFactor extends HeldFactorView {
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601; null when it was never used to verify. */
  lastUsedAt: string | null;
  /** Whether its owner is asked for it first. */
  isDefault: boolean;
  /** Whether the operator has it on. */
  enabled: boolean;
  /** Whether there were so many wrong guesses at it that it no longer serves until it is added again. */
  locked: boolean;
}

/** A browser that is not asked for the second factor. */
export interface TrustedDevice {
  id: string;
  /** For instance `Firefox, Linux`. */
  label: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** What a user may see of their own account: `GET /account`. */
export interface AccountOverview {
  userId: string;
  /** The user's addresses, in full. */
  identifiers: readonly Identifier[];
  /** Whether 2-step verification is on, by the policy or by choice. */
  isOn: boolean;
  policy: 'mandatory' | 'optional';
  /** Oldest first. */
  factors: readonly AccountFactor[];
  /** Types of factors that can be added, in the operator's order. */
  available: readonly string[];
  /** Oldest first; those that have expired are left out. */
  devices: readonly TrustedDevice[];
}

/** What `GET /account/export` gives: all that is kept about a user, readable, without secrets. */
export interface AccountExport {
  /** ISO 8601. */
  exportedAt: string;
  userId: string;
  /** ISO 8601. */
  createdAt: string;
  identifiers: readonly (Identifier & { verifiedAt: string | null })[];
  /** `address`: the number or mail address in full; null where the factor is none. */
  factors: readonly (Omit<AccountFactor, 'isDefault' | 'enabled' | 'locked'> & { address: string | null })[];
  devices: readonly TrustedDevice[];
  /** What the user declined for good. */
  declined: readonly string[];
}

/** What `PATCH /account/factors/:id` takes: one change at a time, for each needs a step-up of its own. */
export const factorPatch = v.union([
  v.strictObject({
    /** At most 60 characters; null takes the name away. */
    name: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))),
  }),
  v.strictObject({ isDefault: v.literal(true) }),
]);
export type FactorPatch = v.InferOutput<typeof factorPatch>;
