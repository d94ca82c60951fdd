import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const tallySchema = v.map(v.string(), v.number());

/** What was seen, and how often. */
export type Tally = v.InferOutput<typeof tallySchema>;

/** One of the processes that a long run is shared among. */
interface Part {
  runs: number;
  seed: number;
}

const countIn = async (path: URL, { runs, seed }: Part): Promise<Tally> => {
  const execArgv = ['--conditions=countersign-source', '--import', 'tsx'];
  const child = fork(fileURLToPath(path), [runs, seed].map(String), { execArgv, serialization: 'advanced' });
  const told: unknown[] = [];
  child.on('message', (tally) => told.push(tally));
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, 'a run breaks a rule; which one stands above');
  return v.parse(tallySchema, told[0]);
};

/**
 * Has the runs played by two processes of their own, and sums what they have seen: the test runner watches each promise,
 * and would take a third of the time.
 */
export const countElsewhere = async (path: URL, runs: number): Promise<Tally> => {
  const half = Math.ceil(runs / 2);
  const parts = await Promise.all([7, 8].map((seed) => countIn(path, { runs: half, seed })));
  const sum: Tally = new Map();
  for (const [what, times] of parts.flatMap((part) => [...part])) sum.set(what, (sum.get(what) ?? 0) + times);
  return sum;
};
