import assert from 'node:assert/strict';
import { createTestKit } from '@countersign/server/testing';
import type { Scheduler } from 'fast-check';
import { connectedTabs } from '../support.ts';
import { createNetwork, type Fate } from '../../support/scheduled-network.ts';
import { type Command, Tab } from './tab.ts';

/** One run: what is done, what becomes of the requests, and in which order everything happens. */
export interface Script {
  scheduler: Scheduler;
  commands: readonly Command[];
  plan: readonly Fate[];
  /** Whether an aborted request is given up at once, as by browsers; else its answer comes all the same. */
  heedsAbort: boolean;
}

/** What was seen, to be counted. */
export type Seen = Map<string, number>;

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What the server says of the flow that a tab holds; null for none. */
const askServer = async (fetcher: typeof fetch, base: string, token: string): Promise<unknown> => {
  const response = await fetcher(`${base}/flows/current`, { headers: { authorization: `Bearer ${token}` } });
  const body: unknown = await response.json();
  return isObject(body) && isObject(body['flow']) ? body['flow']['step'] : null;
};

/** Plays a script with two tabs of one browser at a backend of its own, and judges what came of it. */
export const play = async ({ scheduler, commands, plan, heedsAbort }: Script, seen: Seen): Promise<void> => {
  const reported: unknown[] = [];
  const settings = { factors: ['sms', 'totp'] };
  const kit = await createTestKit({ settings, report: (error) => void reported.push(error) });
  const server = kit.browser();
  const network = createNetwork({ scheduler, server, plan, heedsAbort, turn });
  const pause = (what: string): Promise<void> => scheduler.schedule(Promise.resolve(), what);
  const { channel } = connectedTabs((deliver) => void pause('message').then(deliver));
  const key = `countersign:${kit.base}:setup`;
  const code = (): string | null => (kit.inbox.messages.length > 0 ? kit.inbox.code() : null);
  const begin = async (): Promise<string> => {
    await pause('host');
    return (await network.during(kit.begin({ kind: 'setup' }))).token;
  };
  const tabs = [0, 1].map(
    () => new Tab({ base: kit.base, key, fetch: network.fetch, channel, begin, sleep: () => pause('sleep'), code }),
  );

  const obey = async (): Promise<void> => {
    for (const command of commands) {
      await pause(`tab ${command.tab} ${command.name}`);
      tabs[command.tab]?.do(command);
    }
  };

  const isBusy = (): boolean => tabs.some(({ state }) => state.name === 'loading' || state.name === 'sending');
  const all = obey();
  await network.drain(isBusy);
  await all;
  for (const { state, promised, complaints } of tabs) {
    assert.deepEqual(complaints, []);
    assert.ok(state.name !== 'loading' && state.name !== 'sending', 'nothing is under way any more');
    assert.ok(state.name !== 'failed' || state.problem, 'what fails says why');
    await Promise.all(promised);
    seen.set(state.name, (seen.get(state.name) ?? 0) + 1);
  }
  assert.deepEqual(reported, [], 'the server fails at nothing');
  const bindings = kit.inbox.messages.filter(({ usage }) => usage === 'BindMfa').length;
  const asked = tabs.reduce((sum, tab) => sum + tab.asked.size, 0);
  assert.ok(bindings <= asked, `${bindings} messages for ${asked} actions`);

  // A tab that heard nothing may be behind; once it hears again it shows what the server says.
  network.heal();
  const other = channel();
  for (const tab of tabs) {
    if (tab.isDeaf) tab.do({ name: 'refresh', choice: 0 });
    else other.postMessage({ type: 'changed', token: tab.held });
  }
  await network.drain(isBusy);
  for (const { state, held, complaints } of tabs) {
    assert.deepEqual(complaints, []);
    if (state.name !== 'ready') continue;
    assert.deepEqual(state.view.flow.step, await askServer(server, kit.base, held ?? ''));
  }
};
