import type { Settings } from '../settings/schema.ts';
import type { Span, Write } from '../store/store.ts';
import { windowStart } from '../store/tally.ts';
import { numberOf } from './number.ts';
import type { Sending } from './sending.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long a person has to type a code before it counts as not typed, in milliseconds. */
const patience = 2 * minute;

type Counted = 'sent' | 'verified';

const keyOf = (what: Counted, country: string): string => `${what}:${country}`;

/** Counted with the minute that the message was sent in, so that codes are compared with the messages that had them. */
const countIn = (what: Counted, { channel, to, at }: Pick<Sending, 'channel' | 'to' | 'at'>): Write[] => {
  const country = numberOf(channel, to)?.country;
  if (!country) return [];
  return [{ type: 'tally', key: keyOf(what, country), add: 1, max: Number.MAX_SAFE_INTEGER, window: minute, at }];
};

/** Notes that a message goes out to a country. */
export const countSent = (sending: Pick<Sending, 'channel' | 'to' | 'at'>): Write[] => countIn('sent', sending);

/** Notes that the code of a message was typed; `at`: when it was sent. */
export const countVerified = (sent: Pick<Sending, 'channel' | 'to' | 'at'>): Write[] => countIn('verified', sent);

/** The hour whose messages are looked at, as far as there was time to type their codes. */
const lookedAt = (at: number): { from: number; to: number } => {
  const to = at - patience;
  return { from: windowStart({ window: hour, at: to }), to };
};

/** Where to read how many messages a country was sent, and how many of their codes were typed. */
export const conversionSpans = ({ channel, to, at }: Pick<Sending, 'channel' | 'to' | 'at'>): Span[] => {
  const country = numberOf(channel, to)?.country;
  return country ? [keyOf('sent', country), keyOf('verified', country)].map((key) => ({ key, ...lookedAt(at) })) : [];
};

/**
 * Until when a country gets nothing, because hardly anybody types the codes: who has messages sent for the money that
 * a carrier shares with them has no use for the codes. Null where enough are typed, or too few were sent to tell.
 */
export const conversionStop = (
  { sends: { conversion } }: Settings,
  [sent = 0, verified = 0]: readonly number[],
  at: number,
): number | null =>
  sent >= conversion.fromSends && verified * 100 < sent * conversion.percent
    ? lookedAt(at).from + hour + patience
    : null;
