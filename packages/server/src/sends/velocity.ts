import type { Vault } from '../crypto/vault.ts';
import type { Settings } from '../settings/schema.ts';
import type { Limit } from './limit.ts';
import { numberOf } from './number.ts';
import type { Sending } from './sending.ts';

const hour = 3600_000;

type Measure = Pick<Limit, 'guard' | 'scope'> & { rates: Settings['sends']['velocity']['perPrefix'] };

/** The number without its last four digits: who rents numbers rents neighbours. */
const prefixOf = (e164: string): string => e164.slice(0, -4);

const measuresOf = ({ velocity }: Settings['sends'], { channel, to, addressBlock, browser }: Sending): Measure[] => {
  const phone = numberOf(channel, to);
  return [
    ...(phone ? [{ guard: 'prefix', scope: prefixOf(phone.e164), rates: velocity.perPrefix } as const] : []),
    ...(addressBlock ? [{ guard: 'block', scope: addressBlock, rates: velocity.perBlock } as const] : []),
    ...(browser === null ? [] : [{ guard: 'browser', scope: browser, rates: velocity.perBrowser } as const]),
    ...(phone?.country ? [{ guard: 'country', scope: phone.country, rates: velocity.perCountry } as const] : []),
  ];
};

/**
 * How many messages an hour go to neighbouring numbers, come from neighbouring addresses or one browser, and go
 * to a country. Those of
 * strangers are counted apart besides, so that they never use up what users may get.
 */
export const velocityLimits = async (vault: Vault, settings: Settings, sending: Sending): Promise<Limit[]> => {
  const { by, at } = sending;
  const limits = measuresOf(settings.sends, sending).map(async ({ guard, scope, rates }): Promise<Limit[]> => {
    // Neither half a number nor where somebody lives is kept in the clear.
    const key = await vault.index(['velocity', guard, scope]);
    const common = { guard, scope, window: hour, add: 1, tell: null, at };
    return [
      { ...common, key: `all:${key}`, max: rates.all, ask: null },
      ...(by === 'stranger' ? [{ ...common, key: `strangers:${key}`, max: rates.strangers, ask: rates.ask }] : []),
    ];
  });
  return (await Promise.all(limits)).flat();
};
