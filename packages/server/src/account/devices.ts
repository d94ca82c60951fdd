import { CountersignError } from '@countersign/core/errors';
import type { Parts } from '../parts.ts';
import { commitChange, type Owner } from './change.ts';

/** Trusts a browser no longer; `account.not_found` for one of somebody else as for one that there is not. */
export const forgetDevice = async (parts: Parts, owner: Owner, id: string): Promise<void> => {
  const { userId } = owner.session;
  const own = await parts.store.devices.list(userId);
  if (!own.some((device) => device.id === id)) throw new CountersignError('account.not_found');
  const writes = [{ type: 'forget-devices', userId, id } as const];
  await commitChange(parts, owner, { action: 'forget-device', target: id, writes, told: null });
};
