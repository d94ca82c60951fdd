import type { Parts } from '../parts.ts';
import type { Settings } from '../settings/schema.ts';
import type { Write } from '../store/store.ts';
import { tell } from './alert.ts';
import { budgetLimits } from './budget.ts';
import { conversionSpans, conversionStop, countSent } from './conversion.ts';
import { endOf, type Limit, spanOf, writeOf } from './limit.ts';
import { numberOf } from './number.ts';
import { numberSlots } from './per-number.ts';
import type { Costing, Sending } from './sending.ts';
import { velocityLimits } from './velocity.ts';

/** What the guards make of a message. */
export interface Verdict {
  /** Committed with the code, so before any connector is called; lost where another message was the last allowed. */
  writes: Write[];
  /** Until when nothing is sent, in Unix milliseconds; null where nothing stops it. */
  stoppedUntil: number | null;
  /** Whether a stranger has to show first that they are no machine. */
  asks: boolean;
}

const judgeLimits = async (parts: Parts, limits: readonly Limit[], at: number): Promise<Verdict> => {
  const sums = await parts.store.tallies.sums(limits.map(spanOf));
  const after = limits.map((limit, place) => ({ limit, sum: (sums[place] ?? 0) + limit.add }));
  const over = after.filter(({ limit, sum }) => sum > limit.max);
  const near = after.filter(({ limit, sum }) => limit.tell !== null && sum >= limit.tell && sum <= limit.max);
  // Where only the share of strangers is used up, operators have been told already that the whole nearly is.
  const stopped = over.filter(({ limit }) => limit.tell === null || limit.max > limit.tell);
  for (const { limit } of [...stopped, ...near]) {
    const isStopped = over.some((one) => one.limit === limit);
    await tell(parts, { guard: limit.guard, scope: limit.scope, isStopped, until: endOf(limit) }, at);
  }
  return {
    writes: limits.map(writeOf),
    stoppedUntil: over.length === 0 ? null : Math.max(...over.map(({ limit }) => endOf(limit))),
    asks: after.some(({ limit, sum }) => limit.ask !== null && sum > limit.ask),
  };
};

const judgeConversion = async (parts: Parts, settings: Settings, sending: Costing): Promise<number | null> => {
  const { channel, to, at } = sending;
  const until = conversionStop(settings, await parts.store.tallies.sums(conversionSpans(sending)), at);
  const scope = numberOf(channel, to)?.country ?? '';
  if (until !== null) await tell(parts, { guard: 'conversion', scope, isStopped: true, until }, at);
  return until;
};

/** Who may ask for a message, whether or not one goes out: what may be told to whoever asked. */
export const judgeAsking = async (parts: Parts, settings: Settings, sending: Sending): Promise<Verdict> => {
  const verdict = await judgeLimits(parts, await velocityLimits(parts.vault, settings, sending), sending.at);
  return { ...verdict, writes: [...numberSlots(settings, sending), ...verdict.writes] };
};

/** What a message that does go out costs, and whether it is worth it. */
export const judgeCost = async (parts: Parts, settings: Settings, sending: Costing): Promise<Verdict> => {
  const verdict = await judgeLimits(parts, budgetLimits(settings, sending, parts.priceOf), sending.at);
  const stops = [verdict.stoppedUntil, await judgeConversion(parts, settings, sending)].filter((at) => at !== null);
  return {
    ...verdict,
    writes: [...verdict.writes, ...countSent(sending)],
    stoppedUntil: stops.length === 0 ? null : Math.max(...stops),
  };
};

const warningLimits = ({ priceOf, report }: Parts, settings: Settings, costing: Costing): Limit[] => {
  try {
    return budgetLimits(settings, costing, priceOf);
  } catch (error) {
    report(error);
    return budgetLimits(settings, costing, undefined);
  }
};

/** Counts a message that goes out whatever the budgets say, since it warns somebody; one without a price costs nothing. */
export const countWarning = async (
  parts: Parts,
  settings: Settings,
  message: Pick<Sending, 'channel' | 'to'>,
): Promise<void> => {
  const costing = { ...message, by: 'operator', at: parts.now() } as const;
  const limits = warningLimits(parts, settings, costing);
  const counted = limits.map((limit) => writeOf({ ...limit, max: Number.MAX_SAFE_INTEGER }));
  await parts.store.changes.commit(counted);
};

/** All of it. */
export const judgeSending = async (parts: Parts, settings: Settings, sending: Sending): Promise<Verdict> => {
  const asking = await judgeAsking(parts, settings, sending);
  const cost = await judgeCost(parts, settings, sending);
  const stops = [asking.stoppedUntil, cost.stoppedUntil].filter((at) => at !== null);
  return {
    writes: [...asking.writes, ...cost.writes],
    stoppedUntil: stops.length === 0 ? null : Math.max(...stops),
    asks: asking.asks,
  };
};
