import { within } from '../deadline.ts';
import type { Parts } from '../parts.ts';

/** What is known of the SIM behind a number. */
export type SimState =
  /** Unix milliseconds; null where it was never swapped. */
  { swappedAt: number | null } | 'unknown';

/** Asks a carrier, or who speaks for them (CAMARA, Twilio Lookup), whether a number has moved to another SIM. */
export interface SimSwap {
  /** `to`: E.164. The signal is aborted when the time is up. */
  check(to: string, options: { signal: AbortSignal }): Promise<SimState>;
  /** Hours for which a swap makes a number unsafe. Default: 240, ten days. */
  maxAgeHours?: number;
  /** Milliseconds that the answer may take. Default: 2000. */
  timeout?: number;
}

const hour = 3600_000;

/**
 * Whether a code may go to a number as a second factor: not shortly after its SIM was swapped, and not where nobody can
 * say (NIST SP 800-63B-4 §3.1.3.3). What goes wrong is reported, and is no answer.
 */
export const isSimSafe = async ({ simSwap, now, report }: Parts, to: string): Promise<boolean> => {
  if (simSwap === undefined) return true;
  const { maxAgeHours = 240, timeout = 2000 } = simSwap;
  try {
    const state = await within(timeout, 'simSwap', (signal) => simSwap.check(to, { signal }));
    if (state === 'unknown') return false;
    return state.swappedAt === null || now() - state.swappedAt > maxAgeHours * hour;
  } catch (error) {
    report(error);
    return false;
  }
};
