import type { Channel } from '@countersign/core/code-stage';
import { isReachable, type Phone, type Reach, readPhone } from '@countersign/core/phone';
import metadata from 'libphonenumber-js/max/metadata';
import type { Settings } from '../settings/schema.ts';

/** Which numbers the operator writes to. */
export const reachOf = ({ countries, sends }: Settings): Reach => ({ countries, voip: sends.voip });

/** The number that a message goes to; null where it goes to no phone. */
export const numberOf = (channel: Channel, to: string): Phone | null =>
  channel === 'email' ? null : readPhone(to, { metadata });

/** Whether a message may go there at all; what was allowed when it was bound need not be allowed any more. */
export const isAllowed = (settings: Settings, channel: Channel, to: string): boolean => {
  if (channel === 'email') return true;
  const phone = numberOf(channel, to);
  return phone !== null && isReachable(phone, reachOf(settings));
};
