import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { type Client, type ClientState, createClient } from '@countersign/client';
import { createAccount } from '@countersign/client/account';
import { sms } from '@countersign/factors/sms/client';
import type { SmsContract } from '@countersign/factors/sms/contract';
import { toFetchHandler } from '@countersign/server';
import { listen, type Listening } from '@countersign/server/node';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { allFaults, createFaultProxy, endless, type Fault, type FaultProxy } from '../support/fault-proxy.ts';
import { memoryStorage } from './support.ts';

/*
 * A real client, a real server, and between them a proxy that resets, says nothing, answers with its own page, or breaks
 * off. The time that a request may take is turned by hand.
 */

const limit = 15_000;

/** Many people from one address, none of whom types their code, look like fraud, which is not what is tried here. */
const many = { ask: 1000, strangers: 1000, all: 1000 };
const sends = { velocity: { perPrefix: many, perBlock: many, perCountry: many }, conversion: { percent: 0 } };

interface World {
  kit: TestKit;
  server: Listening;
  proxy: FaultProxy;
}

let users = 0;
let world: World;

before(async () => {
  const kit = await createTestKit({ settings: { sends } });
  const server = await listen(toFetchHandler(kit.backend), { port: 0, host: '127.0.0.1', grace: 100 });
  world = { kit, server, proxy: await createFaultProxy(server.url.replace('localhost', '127.0.0.1')) };
});

after(async () => {
  world.proxy.close();
  await world.server.close();
});

interface Visit {
  client: Client<SmsContract>;
  /** How long the client has waited between its tries. */
  waits: number[];
  /** Another client of the same tab. */
  reload(): Client<SmsContract>;
}

/** Somebody new, at a page that the host began a flow for. */
const visit = (): Visit => {
  const userId = `user ${(users += 1)}`;
  const storage = memoryStorage();
  const waits: number[] = [];
  const open = () =>
    createClient({
      factors: [sms()],
      kind: 'setup',
      begin: async () => (await world.kit.begin({ kind: 'setup', userId })).token,
      base: `${world.proxy.url}/api/v1`,
      storage,
      channel: null,
      sleep: async (milliseconds) => void waits.push(milliseconds),
    });
  return { client: open(), waits, reload: open };
};

/** Holds the timers that end a request; everybody else's run as ever, the server's among them. */
const holdLimits = () => {
  const held = new Map<unknown, () => void>();
  const { setTimeout: later, clearTimeout: never } = globalThis;
  mock.method(globalThis, 'setTimeout', (act: () => void, wait?: number) => {
    if (wait !== limit) return later(act, wait);
    const timer = later(() => {}, limit).unref();
    held.set(timer, act);
    return timer;
  });
  mock.method(globalThis, 'clearTimeout', (timer: NodeJS.Timeout) => {
    held.delete(timer);
    never(timer);
  });
  const pass = (): void => [...held.values()].forEach((act) => act());
  return { pass, restore: () => mock.restoreAll() };
};

/** Calls while the proxy does its worst, and lets the time pass where nothing else ends the wait. */
const under = async <T>(fault: Fault, times: number, call: () => Promise<T>): Promise<T> => {
  if (!endless.includes(fault)) return call();
  const limits = holdLimits();
  try {
    let silent = world.proxy.silence();
    const answer = call();
    for (let time = 0; time < times; time += 1) {
      await silent;
      silent = world.proxy.silence();
      limits.pass();
    }
    return await answer;
  } finally {
    limits.restore();
  }
};

const nameOf = ({ name }: ClientState<SmsContract>): string => name;

/** The number of each person is their own, or the limits of numbers would be met. */
const submit = () => ({ type: 'submit-phone', phone: `+3161${String(2_000_000 + users)}` }) as const;

const sent = (): number => world.kit.inbox.messages.length;

for (const fault of allFaults) {
  for (const isHandled of [false, true]) {
    const when = isHandled ? 'after the server has acted' : 'before the server hears of it';

    test(`L1: ${fault}, ${when}: an action is tried three times with one id, and happens once`, async () => {
      for (const times of [1, 2, 3]) {
        const { client, waits } = visit();
        await client.start();
        const before = { sent: sent(), bodies: world.proxy.bodies.length };
        world.proxy.spoil({ fault, times, isHandled });
        const state = await under(fault, times, () => client.act(submit()));
        assert.equal(nameOf(state), times < 3 ? 'ready' : 'offline');
        assert.deepEqual(waits, [0, 400, 1600].slice(0, times < 3 ? times + 1 : 3));
        if (times === 3) assert.equal(nameOf(await client.retry()), 'ready');
        const ids = world.proxy.bodies.slice(before.bodies).map((body) => /"id":"[^"]+"/u.exec(body)?.[0]);
        assert.equal(ids.length, times + 1);
        assert.equal(new Set(ids).size, 1);
        assert.equal(sent(), before.sent + 1);
      }
    });

    test(`L1: ${fault}, ${when}: a beginning ends without a connection, and trying again begins`, async () => {
      const { client } = visit();
      world.proxy.spoil({ fault, times: 1, isHandled });
      assert.equal(nameOf(await under(fault, 1, () => client.start())), 'offline');
      const state = await client.retry();
      assert.ok(state.name === 'ready' && state.view.flow.step.name === 'setup-factor');
    });

    test(`L1: ${fault}, ${when}: a reload ends without a connection, and trying again goes on and sends nothing`, async () => {
      const { client, reload } = visit();
      await client.start();
      await client.act(submit());
      const before = sent();
      const again = reload();
      world.proxy.spoil({ fault, times: 1, isHandled });
      assert.equal(nameOf(await under(fault, 1, () => again.start())), 'offline');
      const state = await again.retry();
      assert.ok(state.name === 'ready' && state.view.flow.step.name === 'setup-factor');
      // The claim whose answer got lost has ended the flow that it took over, so the next one begins anew.
      assert.equal(state.view.flow.step.stage, isHandled ? 'phone' : 'code');
      assert.equal(sent(), before);
    });

    test(`L1: ${fault}, ${when}: an account that is not answered says so`, async () => {
      const account = createAccount({ base: `${world.proxy.url}/api/v1` });
      world.proxy.spoil({ fault, times: 1, isHandled });
      const failed = await under(fault, 1, () => account.rename('fac_1', 'Work', 'leave'));
      assert.deepEqual(failed, { ok: false, problem: null });
      const reply = await account.rename('fac_1', 'Work', 'leave');
      assert.ok(!reply.ok && reply.problem?.code);
    });
  }
}

test('L9: a refusal that the client has never heard of stays at the step, with its code', async () => {
  const { kit } = world;
  const inner = kit.browser();
  let code = '';
  const client = createClient({
    factors: [sms()],
    kind: 'setup',
    begin: async () => (await kit.begin({ kind: 'setup', userId: 'unknown' })).token,
    base: kit.base,
    storage: null,
    channel: null,
    sleep: async () => {},
    fetch: async (input, init) => {
      const response = await inner(input, init);
      return code ? Response.json({ ...Object(await response.json()), code }, { status: 418 }) : response;
    },
  });
  await client.start();
  for (code of ['moon.is_full', 'verification_code.from_the_future', '__proto__', 'constructor', 'toString', '']) {
    const state = await client.act({ type: 'submit-phone', phone: 'nonsense' });
    assert.ok(state.name === 'ready' && state.view.flow.step.name === 'setup-factor', code);
    if (code) assert.equal(state.problem?.code, code);
  }
});
