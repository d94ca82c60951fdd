import { test } from 'node:test';
import fc from 'fast-check';
import { fates } from '../support/scheduled-network.ts';
import { play, type Seen } from './schedules/play.ts';
import type { Command } from './schedules/tab.ts';

/*
 * Two tabs of one browser in front of a real backend. A scheduler owns every request, answer, wait and message between
 * tabs, so what is tried is their order, not their time. A failure prints the seed and the path that play it again.
 */

const runs = Number(process.env['SCHEDULES'] ?? 1000);

const command: fc.Arbitrary<Command> = fc.record({
  tab: fc.nat(1),
  name: fc.constantFrom('start', 'act', 'act', 'act', 'act', 'retry', 'stop', 'reload'),
  choice: fc.nat(5),
});

const script = fc.record({
  scheduler: fc.scheduler(),
  commands: fc
    .array(command, { maxLength: 12 })
    .map((rest): Command[] => [{ tab: 0, name: 'start', choice: 0 }, ...rest]),
  plan: fc.array(fc.constantFrom(...fates, 'answered', 'answered', 'answered'), { maxLength: 30 }),
  heedsAbort: fc.boolean(),
});

test('L3: however answers are late, lost, repeated or aborted, only the latest speaks, and every call settles', async (t) => {
  const seen: Seen = new Map();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  await fc.assert(
    fc.asyncProperty(script, async (one) => {
      await play(one, seen);
      if (unhandled.length > 0) throw unhandled[0];
    }),
    { numRuns: runs, seed: 20261124 },
  );
  process.off('unhandledRejection', note);
  t.diagnostic(`${runs} schedules; where the tabs came to rest: ${[...seen].map((pair) => pair.join(' ')).join(', ')}`);
});
