import fc from 'fast-check';
import * as v from 'valibot';
import { fates } from '../../support/scheduled-network.ts';
import { play, type Seen } from './play.ts';
import type { Command } from './tab.ts';

/*
 * Plays as many schedules as it is told to, from the seed that it is given, and tells its parent where the tabs came to
 * rest. A failure is printed with the seed and the path that play it again.
 */

const [numRuns, seed] = v.parse(v.tuple([v.number(), v.number()]), process.argv.slice(2).map(Number));

const command: fc.Arbitrary<Command> = fc.record({
  tab: fc.nat(1),
  name: fc.constantFrom('act', 'act', 'act', 'act', 'act', 'start', 'start', 'retry', 'refresh', 'stop', 'reload'),
  choice: fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 4),
});
const script = fc.record({
  scheduler: fc.scheduler(),
  commands: fc
    .array(command, { maxLength: 12 })
    .map((rest): Command[] => [{ tab: 0, name: 'start', choice: 0 }, ...rest]),
  heedsAbort: fc.boolean(),
  plan: fc.array(fc.constantFrom(...fates, 'answered', 'answered', 'answered'), { maxLength: 30 }),
});

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

const seen: Seen = new Map();
await fc.assert(
  fc.asyncProperty(script, async (one) => {
    unhandled.length = 0;
    await play(one, seen);
    if (unhandled.length > 0) throw unhandled[0];
  }),
  { numRuns, seed },
);
if (!process.send) throw new Error('what was seen is told to the process that has forked this one');
process.send(seen);
process.disconnect();
