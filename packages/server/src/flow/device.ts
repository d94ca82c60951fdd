import { randomId } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import { type Draft, userIdOf } from './draft.ts';
import { isSigningIn } from './signing-in.ts';

/** The cookie by which a trusted device is known: made of its id under the flow's key, to be given again if it got lost. */
export const deviceToken = ({ vault }: Parts, deviceId: string, keyId: string): Promise<string> =>
  vault.token(['device', deviceId], keyId);

/** Whether the user has trusted this browser, and the settings still allow it. */
export const isTrusted = async ({ parts, settings, flow }: Draft): Promise<boolean> => {
  if (settings.trustedDevices === undefined || flow.deviceHash === null || flow.kind !== 'sign-in') return false;
  const device = await parts.store.devices.find(flow.deviceHash);
  return device !== null && device.userId === flow.userId && parts.now() < device.expiresAt;
};

/** For how long this browser may be trusted after a factor of the type given; null where that is not offered. */
export const trustOffer = ({ parts, settings, flow }: Draft, type: string): { days: number } | null => {
  const isBackup = parts.factors.get(type)?.contract.role === 'backup';
  return isSigningIn(flow) && flow.browserHash !== null && !isBackup ? (settings.trustedDevices ?? null) : null;
};

/** Trusts this browser from the commit of the draft on. */
export const trustDevice = async (draft: Draft, { days }: { days: number }): Promise<void> => {
  const { parts, flow, caller, writes } = draft;
  const id = randomId(parts.random, 'dev');
  const createdAt = parts.now();
  const tokenHash = await hashToken(await deviceToken(parts, id, flow.keyId));
  const expiresAt = createdAt + days * 24 * 3600_000;
  writes.push({
    type: 'add-device',
    device: { id, tokenHash, userId: userIdOf(draft), label: caller.device, createdAt, expiresAt },
  });
  flow.deviceId = id;
};

/** Seconds that the cookie of a device trusted in this flow lives. */
export const deviceAge = (days: number): number => days * 24 * 3600;
