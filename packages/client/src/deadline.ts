import type { Received } from './machine.ts';

/** When a time of the server's comes, in milliseconds of the client's clock; right however wrong the device's date is. */
export const deadline = ({ flow, at }: Pick<Received, 'at'> & { flow: { serverTime: string } }, time: string): number =>
  at + Date.parse(time) - Date.parse(flow.serverTime);
