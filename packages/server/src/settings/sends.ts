import * as v from 'valibot';
import { whole } from './whole.ts';

const most = 1_000_000_000;

interface Rates {
  ask: number;
  strangers: number;
  all: number;
}

/** Messages an hour. */
const rates = ({ ask, strangers, all }: Rates) =>
  v.optional(
    v.pipe(
      v.strictObject({
        /** Messages of strangers after which the next one has to pass the bot check, if there is one. */
        ask: v.optional(whole(0, most), ask),
        /** Messages that strangers can ask for. */
        strangers: v.optional(whole(0, most), strangers),
        /** Messages of everybody. */
        all: v.optional(whole(1, most), all),
      }),
      v.check((given) => given.strangers <= given.all, 'strangers must get no more than all do'),
    ),
    {},
  );

const velocity = v.strictObject({
  /** Of numbers that differ in their last four digits only. */
  perPrefix: rates({ ask: 3, strangers: 10, all: 100 }),
  /** From one block of network addresses: /24, or /64 of IPv6. */
  perBlock: rates({ ask: 20, strangers: 100, all: 1000 }),
  /** From one browser, as long as it keeps its cookie. */
  perBrowser: rates({ ask: 5, strangers: 20, all: 200 }),
  /** To one country, by the region of the number. */
  perCountry: rates({ ask: 1000, strangers: 2000, all: 10_000 }),
});

/** A country gets nothing for the rest of the hour where too few of the codes that it was sent are typed. */
const conversion = v.strictObject({
  /** Messages in the hour before which nothing is concluded. */
  fromSends: v.optional(whole(10, most), 20),
  /** The least share of codes that are typed, in percent; 0 for any. */
  percent: v.optional(whole(0, 90), 10),
});

const money = v.optional(
  v.pipe(
    v.number('must be a number'),
    v.minValue(0, 'must not be negative'),
    v.maxValue(1e6, 'must be at most 1000000'),
  ),
);

/** What messages to phones may come to, all together. Strangers get four fifths of it at most. */
const budget = v.strictObject({
  messagesPerHour: v.optional(whole(1, most), 2000),
  messagesPerDay: v.optional(whole(1, most), 10_000),
  /** In the currency of the backend's `priceOf`, which it needs. Default: no limit. */
  moneyPerHour: money,
  moneyPerDay: money,
});

/** How many messages go out, and where to. */
export const sends = v.strictObject({
  perNumberTenMinutes: v.optional(whole(1, 5), 5),
  perNumberDay: v.optional(whole(1, 10), 10),
  perUserDay: v.optional(whole(1, 10), 10),
  /** Messages to one address a day that strangers asked for (sign-up, sign-in by code, reset); a bucket of its own. */
  perAddressDayUnproved: v.optional(whole(1, 3), 3),
  /** Whether numbers of Internet telephony are written to, which no SIM is behind. Default: no. */
  voip: v.optional(v.boolean('must be true or false'), false),
  velocity: v.optional(velocity, {}),
  conversion: v.optional(conversion, {}),
  budget: v.optional(budget, {}),
});
