import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Committed } from '../../../../packages/server/src/store/store.ts';
import { adding, anybody, failure, flowRow, naming, saving, slot, spending, tally } from './rows.ts';
import { atOnce, type Begin, type Subject } from './subject.ts';

const done = (outcomes: readonly Committed[]): number => outcomes.filter((outcome) => outcome.done).length;

/** As many flows, so that no commit is lost for its flow's sake. */
const withFlows = async (begin: Begin, count: number): Promise<Subject> => {
  const subject = await begin();
  await atOnce(count, (i) => subject.store.flows.insert(flowRow({ id: `race_${i}`, tokenHash: `race_${i}` })));
  return subject;
};

const racer = (i: number) => flowRow({ id: `race_${i}`, tokenHash: `race_${i}`, version: 2 });

export const raceSuite = (name: string, begin: Begin): void => {
  test(`${name}: of 50 commits of one version at the same moment one is done`, async () => {
    const { store } = await begin();
    const outcomes = await atOnce(50, (i) => store.flows.commit(flowRow({ version: 2, lastAction: `a${i}` }), []));
    assert.equal(done(outcomes), 1);
    const winner = outcomes.findIndex((outcome) => outcome.done);
    assert.equal((await store.flows.findByToken('hash'))?.lastAction, `a${winner}`);
  });

  test(`${name}: B1: of 200 tries at the same moment exactly as many count as the code has`, async () => {
    const { store, write } = await begin();
    await write(saving());
    const counted = await atOnce(200, (i) =>
      store.challenges.countTry({ id: 'chl_1', generation: 1 }, { action: `a${i}`, digest: 'd' }, 5),
    );
    const numbers = counted.flatMap((one) => (one.type === 'counted' ? [one.number] : []));
    assert.deepEqual(numbers.toSorted(), [1, 2, 3, 4, 5]);
    assert.equal(counted.filter(({ type }) => type === 'exceeded').length, 195);
    assert.equal((await store.challenges.find('chl_1'))?.tries.length, 5);
  });

  test(`${name}: the same try 50 times at the same moment is one`, async () => {
    const { store, write } = await begin();
    await write(saving());
    const attempt = { action: 'a', digest: 'd' };
    const counted = await atOnce(50, () => store.challenges.countTry({ id: 'chl_1', generation: 1 }, attempt, 5));
    assert.equal(counted.filter(({ type }) => type === 'counted').length, 1);
    assert.equal(counted.filter((one) => one.type === 'repeated' && one.number === 1).length, 49);
  });

  test(`${name}: of 50 that spend a mark at the same moment one does`, async () => {
    const { store, write } = await withFlows(begin, 50);
    await write(adding());
    const outcomes = await atOnce(50, (i) => store.flows.commit(racer(i), [spending('one')]));
    assert.equal(done(outcomes), 1);
    assert.equal(outcomes.filter((outcome) => !outcome.done && outcome.lost === 'spent').length, 49);
    assert.deepEqual((await store.factors.list('ada'))[0]?.spent, ['one']);
  });

  test(`${name}: of 50 that bind what is sole, for two users at the same moment, one does`, async () => {
    const { store } = await withFlows(begin, 50);
    const binding = (i: number) => adding({ id: `fac_${i}`, userId: i % 2 ? 'ada' : 'bob', isSole: true });
    const outcomes = await atOnce(50, (i) => store.flows.commit(racer(i), [binding(i)]));
    assert.equal(done(outcomes), 1);
    assert.equal(outcomes.filter((outcome) => !outcome.done && outcome.lost === 'factor').length, 49);
    assert.equal(await store.factors.countUsers('sms', 'index'), 1);
  });

  test(`${name}: of 50 that take an address at the same moment one does`, async () => {
    const { store } = await withFlows(begin, 50);
    const outcomes = await atOnce(50, (i) => store.flows.commit(racer(i), [naming({ userId: i % 2 ? 'ada' : 'bob' })]));
    assert.equal(done(outcomes), 1);
    assert.equal(outcomes.filter((outcome) => !outcome.done && outcome.lost === 'identifier').length, 49);
  });

  test(`${name}: of 50 that use a challenge, make a newer code or bind a number at the same moment one does`, async () => {
    for (const write of [
      { type: 'use-challenge', id: 'chl_1', at: 1 } as const,
      saving({ generation: 2 }, 1),
      adding(),
    ]) {
      const subject = await withFlows(begin, 50);
      await subject.write(saving());
      assert.equal(done(await atOnce(50, (i) => subject.store.flows.commit(racer(i), [write]))), 1);
    }
  });

  test(`${name}: of 50 that take a slot at the same moment as many do as there are`, async () => {
    const { store } = await withFlows(begin, 50);
    const outcomes = await atOnce(50, (i) => store.flows.commit(racer(i), [slot(0, { max: 7 })]));
    assert.equal(done(outcomes), 7);
  });

  test(`${name}: C8: of 50 that add to a tally at the same moment as many do as it has room for`, async () => {
    const { store } = await withFlows(begin, 50);
    const outcomes = await atOnce(50, (i) => store.flows.commit(racer(i), [tally(0, { add: 2, max: 15 })]));
    assert.equal(done(outcomes), 7);
    assert.deepEqual(await store.tallies.sums([{ key: 't', from: 0, to: 1 }]), [14]);
  });

  test(`${name}: of 50 failures at the same moment ten are judged`, async () => {
    const { store } = await begin();
    const verdicts = await atOnce(50, (i) => store.failures.count(anybody, failure(String(i))));
    assert.equal(verdicts.filter(({ type }) => type === 'allowed').length, 10);
  });

  test(`${name}: a proof is redeemed by one of 50, and a user made by one of 50`, async () => {
    const { store } = await begin();
    const redeemed = await atOnce(50, () => store.proofs.redeem('jti', 1));
    assert.equal(redeemed.filter(Boolean).length, 1);
    const users = await atOnce(50, (i) => store.users.ensure('eve', i));
    assert.equal(new Set(users.map(({ createdAt }) => createdAt)).size, 1);
  });
};
