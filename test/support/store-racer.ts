/*
 * A process of its own that opens a database file, says so, is told when to start, and then does the same as its twin at
 * the same moments: `store-racer.ts PATH NAME ROUNDS`. What it won in each round goes back as a message.
 */
import { sqliteStore } from '../../packages/server/src/node/sqlite-store.ts';
import type { FlowRow } from '../../packages/server/src/store/rows.ts';
import type { Write } from '../../packages/server/src/store/store.ts';
import { failure, flowRow, saving, spending } from '../server/store/suite/rows.ts';
import { atOnce } from '../server/store/suite/subject.ts';

const [path = '', name = '', rounds = ''] = process.argv.slice(2);
const store = await sqliteStore({ path });

/** Flows that were made before: `shared_0`, ... for both, and `a_0`, ... for the process `a` alone. */
const next = (id: string, version = 2) => flowRow({ id, tokenHash: id, version, lastAction: name });

const paceInMilliseconds = 4;
let moment = 0;

/** Does not sleep, since who wakes up late never meets the other one. */
const atNextMoment = <Result>(run: () => Promise<Result>): Promise<Result> => {
  while (performance.timeOrigin + performance.now() < moment);
  moment += paceInMilliseconds;
  return run();
};

const wins = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length;

const commit = async (flow: FlowRow, ...writes: Write[]) => wins([(await store.flows.commit(flow, writes)).done]);

const makeCode = async (i: number) => {
  const flow = await store.flows.findByToken(`${name}_${i}`);
  return commit(next(`${name}_${i}`, (flow?.version ?? 0) + 1), saving({ id: `${name}${i}`, scope: `${i}` }));
};

const tryCode = async (id: string, action: string) =>
  (await store.challenges.countTry({ id, generation: 1 }, { action, digest: 'd' }, 5)).type === 'counted';

const round = async (i: number) => ({
  commit: await atNextMoment(() => commit(next(`shared_${i}`))),
  spend: await atNextMoment(() => commit(next(`${name}_${i}`), spending(`${i}`))),
  code: await atNextMoment(() => makeCode(i)),
  proof: wins([await atNextMoment(() => store.proofs.redeem(`jti_${i}`, 0))]),
  tries: wins(await atNextMoment(() => atOnce(5, (n) => tryCode(`shared_${i}`, `${name}${n}`)))),
  failures: wins(
    await atNextMoment(() =>
      atOnce(
        8,
        async (n) =>
          (await store.failures.count({ subject: `${i}`, browser: '' }, failure(`${process.pid}-${n}`))).type ===
          'allowed',
      ),
    ),
  ),
});

process.once('message', async (start) => {
  moment = Number(start);
  const won: Awaited<ReturnType<typeof round>>[] = [];
  for (let i = 0; i < Number(rounds); i += 1) won.push(await round(i));
  await store.close();
  process.send?.(won, () => process.disconnect());
});
process.send?.('ready');
