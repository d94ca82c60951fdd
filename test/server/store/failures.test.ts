import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Failures, nextFailures, type Schedule } from '../../../packages/server/src/store/failures.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** As for passwords. */
const schedule: Schedule = { free: 10, firstWait: minute, lapse: { free: 15 * minute, waiting: day } };

/** The wait after this many failures, in minutes. */
const waits: [count: number, minutes: number][] = [
  [1, 0],
  [9, 0],
  [10, 1],
  [11, 2],
  [12, 4],
  [16, 64],
  [20, 1024],
  [21, 1440],
  [22, 1440],
  [2000, 1440],
];

for (const [count, minutes] of waits) {
  test(`after ${count} failures nothing is judged for ${minutes} minutes`, () => {
    const before = count === 1 ? null : { count: count - 1, at: 0, action: 'before', retryAt: 0 };
    const retryAt = 5 + minutes * minute;
    const { verdict, after } = nextFailures(before, { at: 5, action: 'a' }, schedule);
    assert.deepEqual(verdict, { type: 'allowed', number: count });
    assert.deepEqual(after, { count, at: 5, action: 'a', retryAt });
    if (minutes === 0) return;
    assert.deepEqual(nextFailures(after, { at: retryAt - 1, action: 'b' }, schedule), {
      verdict: { type: 'wait', retryAt },
      after,
    });
    assert.equal(nextFailures(after, { at: retryAt, action: 'b' }, schedule).verdict.type, 'allowed');
  });
}

test('failures are forgotten after a quarter of an hour while they are free, and after a day from then on', () => {
  const countAfter = (before: number, rest: number) =>
    nextFailures({ count: before, at: 0, action: 'a', retryAt: 0 }, { at: rest, action: 'b' }, schedule).after.count;
  assert.deepEqual([countAfter(9, 15 * minute - 1), countAfter(9, 15 * minute)], [10, 1]);
  assert.deepEqual([countAfter(10, day - 1), countAfter(10, day)], [11, 1]);
});

test('failures that never lapse are counted whenever the next one comes', () => {
  const lasting = { ...schedule, lapse: null };
  const before = { count: 9, at: 0, action: 'a', retryAt: 0 };
  const { after } = nextFailures(before, { at: 4000 * day, action: 'b' }, lasting);
  assert.deepEqual([after.count, after.retryAt], [10, 4000 * day + minute]);
});

/** When somebody who tries at these times is judged. */
const judged = (times: readonly number[]): number[] => {
  let failures: Failures | null = null;
  return times.filter((at, i) => {
    const { verdict, after } = nextFailures(failures, { at, action: String(i) }, schedule);
    failures = after;
    return verdict.type === 'allowed';
  });
};

/** The most that fall into any day. */
const mostInADay = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from, i) => times.slice(i).filter((at) => at < from + day).length));

const timesOf = (gaps: readonly number[]): number[] => {
  let now = 0;
  return gaps.map((gap) => (now += gap));
};

const everyMinute = Array.from({ length: 5 * 1440 }, (_, i) => i * minute);
const tenfold = (times: readonly number[]): number[] => times.flatMap((at) => Array<number>(10).fill(at));

/*
 * Without a rest of a quarter of an hour: 10 at once, then one after 1, 3, 7, ... 1023 minutes, which are 10 more.
 */
const withoutRest = 20;

/*
 * With rests, nine are free every quarter of an hour: 95 times 9, and in the last quarter 10 at once and one more after
 * 1, 3 and 7 minutes. No order of resting and going on gives more, since whoever has used up the free ones is let off
 * after a day only.
 */
const withRests = 868;

test('who tries ten times a minute for five days is judged 20 times a day at most', () => {
  assert.equal(mostInADay(judged(tenfold(everyMinute))), withoutRest);
});

test('who stops before the tenth failure and rests is judged 868 times a day at most', () => {
  const quarters = Array.from({ length: 95 }, (_, i) => Array<number>(9).fill(i * 15 * minute)).flat();
  const last = 95 * 15 * minute;
  const times = [...quarters, ...tenfold([last]), ...everyMinute.filter((at) => at > last && at < day)];
  assert.equal(judged(times).length, withRests);
});

test('nobody is judged more often, however the tries are spread', () => {
  const hasty = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15 * minute - 1 }));
  const patient = fc.oneof(hasty, fc.constantFrom(minute, 15 * minute, day - minute, day));
  fc.assert(
    fc.property(fc.array(hasty, { maxLength: 600 }), fc.array(patient, { maxLength: 600 }), (rushed, rested) => {
      assert.ok(mostInADay(judged(timesOf(rushed))) <= withoutRest);
      assert.ok(mostInADay(judged(timesOf(rested))) <= withRests);
    }),
    { numRuns: 200 },
  );
});
