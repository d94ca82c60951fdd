import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '@countersign/server';
import type { Reply, TestKit, TestKitOptions, Visitor } from '@countersign/server/testing';
import { administeredOn } from './administered.ts';
import { stores } from './stores.ts';
import { eventsWhere, story } from './told.ts';

export const phone = '+31612345678';
export const minute = 60_000;

/** A code that no seed draws at the beginning. */
export const wrong = { type: 'submit-code', code: '000000' };

/** What is refused, what is told of it, and how it comes to that: the act that is given is the refused one. */
export interface Refusal {
  what: string;
  told: string[];
  options?: TestKitOptions;
  arrange(kit: TestKit): Promise<() => Promise<Reply>>;
}

/** A visitor who adds a phone, and was sent a code. */
export const atCode = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-phone', phone });
  return visitor;
};

/** A store of a process that, once told to, dies of the next commit that records something, just after it. */
const dyingStore = (store: Store) => {
  let isDying = false;
  const dying =
    <Given extends unknown[], Result>(commit: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const committed = await commit(...given);
      if (!isDying || !JSON.stringify(given).includes('"evt_')) return committed;
      isDying = false;
      throw new Error('the process has died');
    };
  return {
    die: () => void (isDying = true),
    isAlive: () => !isDying,
    store: {
      ...store,
      flows: { ...store.flows, commit: dying(store.flows.commit) },
      changes: { ...store.changes, commit: dying(store.changes.commit) },
    } satisfies Store,
  };
};

/** Each is told once, whether or not the request lives to answer. */
export const toldOnce = (refusals: readonly Refusal[]): void => {
  for (const [name, open] of stores) {
    for (const { what, told, options = {}, arrange } of refusals) {
      const begin = async () => {
        const process = dyingStore(await open());
        const report = (): void => {};
        const over = await administeredOn(async () => process.store, { scopes: ['events'], report, ...options });
        const act = await arrange(over.kit);
        const last = (await eventsWhere(over)).at(-1)?.id ?? '';
        return { process, act, since: async () => story(await eventsWhere(over, `&after=${last}`)) };
      };

      test(`${name}: M4: ${what} is one event`, async () => {
        const { act, since } = await begin();
        await act();
        assert.deepEqual(await since(), told);
      });

      test(`${name}: M4: ${what} is one event, also when the request fails after its commit`, async () => {
        const { process, act, since } = await begin();
        process.die();
        assert.equal((await act()).status, 500);
        assert.ok(process.isAlive(), 'it died of the commit');
        assert.deepEqual(await since(), told);
      });
    }
  }
};
