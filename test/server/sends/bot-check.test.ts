import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proofOfWork } from '@countersign/server';
import { createTestKit, drive, type Reply, type TestKit } from '@countersign/server/testing';
import { solve } from '../../support/solve.ts';
import { addressOf, arrive, byPhone, dutch, name, reporting } from '../../support/strangers.ts';

/** Strangers are asked from the second message to a country on; twenty rounds are enough for what is tested here. */
const begin = (): Promise<TestKit> => {
  const velocity = { perCountry: { ask: 1, strangers: 5, all: 10 } };
  return createTestKit({
    settings: { ...byPhone, sends: { velocity } },
    botCheck: proofOfWork({ rounds: 20 }),
    report: reporting().report,
  });
};

let last = 0;

/** Somebody new names a number. */
const ask = async (kit: TestKit, botCheck?: string): Promise<Reply> => {
  last += 1;
  return name(await arrive(kit, addressOf(last)), dutch(last), botCheck === undefined ? {} : { botCheck });
};

const codeOf = ({ status, body }: Reply): unknown => (status === 200 ? 200 : Reflect.get(Object(body), 'code'));

test('C6: growth asks strangers for a bot check; the same action comes again with the solution', async () => {
  const kit = await begin();
  assert.equal(codeOf(await ask(kit)), 200);
  const visitor = await arrive(kit);
  const id = visitor.newId();
  const action = { type: 'identify', identifier: { type: 'phone', value: dutch(500) }, id };
  const refused = await visitor.act(action);
  assert.deepEqual([refused.status, refused.problem.code], [428, 'session.captcha_required']);
  assert.equal(visitor.flow.step.name, 'identify');
  assert.equal(kit.inbox.messages.length, 1);
  const { status, flow } = await visitor.act({ ...action, botCheck: await solve(refused.problem) });
  assert.deepEqual([status, flow.step.name], [200, 'enter-code']);
  assert.equal(kit.inbox.messages.length, 2);
});

test('C6: a solution serves once, however it is written', async () => {
  const kit = await begin();
  await ask(kit);
  const solution = await solve((await ask(kit)).problem);
  assert.equal(codeOf(await ask(kit, solution)), 200);
  const spaced = btoa(atob(solution).replaceAll(',', ' , '));
  for (const again of [solution, spaced]) {
    const reply = await ask(kit, again);
    assert.equal(codeOf(reply), 'session.captcha_failed');
    assert.ok(reply.problem.challenge, 'another one is given');
  }
  assert.equal(kit.inbox.messages.length, 2);
});

test('C6: what is no solution is refused: of another work, an easier one, or none at all', async () => {
  const kit = await begin();
  await ask(kit);
  const solution = await solve((await ask(kit)).problem);
  const easier = btoa(atob(solution).replace('"keyPrefix":"00"', '"keyPrefix":"0"'));
  const another = await solve(
    (
      await (async () => {
        const other = await begin();
        await ask(other);
        return ask(other);
      })()
    ).problem,
  );
  const wrong = btoa(atob(solution).replace(/"counter":\d+/u, '"counter":1000000'));
  for (const typed of [easier, another, wrong, '', 'AAAA', btoa('{}'), '%%%', btoa('null')]) {
    assert.equal(codeOf(await ask(kit, typed)), 'session.captcha_failed', typed.slice(0, 20));
  }
  assert.equal(codeOf(await ask(kit, solution)), 200, 'the right one was not used up by them');
});

test('C6: a challenge can be solved for ten minutes', async () => {
  const kit = await begin();
  await ask(kit);
  const [early, late] = [await ask(kit), await ask(kit)];
  kit.clock.advance(10 * 60_000 - 1);
  assert.equal(codeOf(await ask(kit, await solve(early.problem))), 200);
  kit.clock.advance(1);
  assert.equal(codeOf(await ask(kit, await solve(late.problem))), 'session.captcha_failed');
});

test('C6: solutions open no more than the limit, and nobody is asked for one in vain', async () => {
  const kit = await begin();
  await ask(kit);
  for (let i = 2; i <= 5; i += 1) assert.equal(codeOf(await ask(kit, await solve((await ask(kit)).problem))), 200);
  assert.equal(codeOf(await ask(kit)), 'connector.rate_limit_exceeded');
});

test('C6: who has shown a first factor is never asked', async () => {
  const kit = await begin();
  await ask(kit);
  assert.equal(codeOf(await ask(kit)), 'session.captcha_required');
  const visitor = await drive(kit).to('setup-phone');
  assert.equal(codeOf(await visitor.act({ type: 'submit-phone', phone: dutch(400) })), 200);
});
