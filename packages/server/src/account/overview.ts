import type { AccountExport, AccountFactor, AccountOverview, TrustedDevice } from '@countersign/core/account';
import { heldBy, isLocked } from '../flow/factors/held.ts';
import { policyFor } from '../flow/policy.ts';
import { openIdentifier } from '../flow/primary/identifiers.ts';
import type { Parts } from '../parts.ts';
import type { DeviceRow, UserRow } from '../store/rows.ts';

const iso = (at: number): string => new Date(at).toISOString();

const userOf = async (parts: Parts, userId: string): Promise<UserRow> => {
  const user = await parts.store.users.find(userId);
  if (user === null) throw new Error(`a session is of the user "${userId}", who is not in the store`);
  return user;
};

type Held = Awaited<ReturnType<typeof heldBy>>[number];

const shown = ({ row, view }: Held) => {
  const { createdAt, lastUsedAt } = row;
  return { ...view, createdAt: iso(createdAt), lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt) };
};

const factorViews = async (parts: Parts, user: UserRow): Promise<AccountFactor[]> => {
  const { factors } = await parts.settings.read();
  return (await heldBy(parts, user.id)).map((one) => ({
    ...shown(one),
    isDefault: user.defaultFactor === one.row.id,
    enabled: factors.includes(one.row.type),
    locked: isLocked(one.row),
  }));
};

const devicesOf = async (parts: Parts, userId: string): Promise<TrustedDevice[]> => {
  const isCurrent = ({ expiresAt }: DeviceRow): boolean => parts.now() < expiresAt;
  const rows = (await parts.store.devices.list(userId)).filter(isCurrent);
  return rows.map(({ id, label, createdAt, expiresAt }) => ({
    id,
    label,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
  }));
};

/** Backups once there is something to fall back from. */
const availableTo = async (parts: Parts, held: readonly AccountFactor[]): Promise<string[]> => {
  const { factors } = await parts.settings.read();
  const isPrimary = (type: string): boolean => parts.factors.get(type)?.contract.role === 'primary';
  const hasPrimary = held.some(({ type, enabled }) => enabled && isPrimary(type));
  return factors.filter((type) => isPrimary(type) || hasPrimary);
};

/** The account as its owner sees it. */
export const overviewOf = async (parts: Parts, userId: string): Promise<AccountOverview> => {
  const user = await userOf(parts, userId);
  const identifiers = await parts.store.users.identifiers(userId);
  const { mode } = await policyFor(parts, await parts.settings.read(), userId);
  const factors = await factorViews(parts, user);
  return {
    userId,
    identifiers: await Promise.all(identifiers.map((row) => openIdentifier(parts, row))),
    isOn: mode === 'mandatory' || user.mfaEnabled,
    policy: mode,
    factors,
    available: await availableTo(parts, factors),
    devices: await devicesOf(parts, userId),
  };
};

const exportFactors = async (parts: Parts, userId: string): Promise<AccountExport['factors']> =>
  (await heldBy(parts, userId)).map((one) => ({
    ...shown(one),
    address: parts.factors.get(one.row.type)?.contact?.(one.held)?.to ?? null,
  }));

/** All that is kept about a user, for the user; secrets and hashes serve nobody and stay. */
export const exportOf = async (parts: Parts, userId: string): Promise<AccountExport> => {
  const user = await userOf(parts, userId);
  const identifiers = await Promise.all(
    (await parts.store.users.identifiers(userId)).map(async (row) => ({
      ...(await openIdentifier(parts, row)),
      verifiedAt: row.verifiedAt === null ? null : iso(row.verifiedAt),
    })),
  );
  return {
    exportedAt: iso(parts.now()),
    userId,
    createdAt: iso(user.createdAt),
    identifiers,
    factors: await exportFactors(parts, userId),
    devices: await devicesOf(parts, userId),
    declined: user.skipped,
  };
};
