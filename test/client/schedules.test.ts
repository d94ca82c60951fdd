import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countElsewhere } from '../support/count-elsewhere.ts';

/*
 * Two tabs of one browser in front of a real backend. A scheduler owns every request, answer, wait and message between
 * tabs, so what is tried is their order, not their time (`schedules/play.ts`). A failure prints the seed and the path
 * that play it again.
 */

const runs = Number(process.env['SCHEDULES'] ?? 500);

test('L3: however answers are late, lost, repeated or aborted, only the latest speaks, and every call settles', async (t) => {
  const seen = await countElsewhere(new URL('schedules/process.ts', import.meta.url), runs);
  const rested = [...seen].map(([name, times]) => `${name} ${times}`).join(', ');
  t.diagnostic(`${runs} schedules of two tabs each; where they came to rest: ${rested}`);
  for (const name of ['idle', 'ready', 'offline']) {
    assert.ok(seen.has(name), `no tab ever came to rest ${name}`);
  }
});
