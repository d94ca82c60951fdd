import { deviceAge, deviceToken } from '../flow/device.ts';
import type { Parts } from '../parts.ts';
import { sessionToken } from '../session/new-session.ts';
import type { FlowRow } from '../store/rows.ts';
import { deviceCookie, sessionCookie, type SetCookie } from './peer.ts';

const trusted = async (parts: Parts, deviceId: string, keyId: string): Promise<SetCookie[]> => {
  const { trustedDevices } = await parts.settings.read();
  if (trustedDevices === undefined) return [];
  return [
    { name: deviceCookie, value: await deviceToken(parts, deviceId, keyId), maxAge: deviceAge(trustedDevices.days) },
  ];
};

/** The cookies of the session and the device that a flow ended with; given again for as long as its end can be read. */
export const flowCookies = async (parts: Parts, flow: FlowRow): Promise<SetCookie[]> => {
  const { position, browserHash, deviceId, keyId } = flow;
  if (browserHash === null || position.name !== 'complete') return [];
  const device = deviceId === null ? [] : await trusted(parts, deviceId, keyId);
  if (position.result.type !== 'session') return device;
  return [...device, { name: sessionCookie, value: await sessionToken(parts, position.result.sessionId, keyId) }];
};
