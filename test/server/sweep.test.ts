import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import type { Store } from '@countersign/server';
import { drive } from '@countersign/server/testing';
import { mandatory, signIn, signUp } from '../support/primary.ts';
import { kitOn, stores } from '../support/stores.ts';

const hour = 3600_000;
const many = 100_000;
const all = { userId: null, type: null, after: null, limit: 200 } as const;

/** As many events as a busy service records in three months. */
const recordMany = async (store: Store, at: number): Promise<void> => {
  const none = { flowId: null, actor: 'user', factor: null, target: null, reason: null, requestId: null };
  for (let from = 0; from < many; from += 1000) {
    const events = Array.from({ length: 1000 }, (_, place) => {
      return { id: `evt_${from + place}`, at, type: 'guess-right', userId: 'ada', ...none } as const;
    });
    await store.changes.commit([{ type: 'record', events }]);
  }
};

for (const [name, open] of stores) {
  test(`${name}: M5: a sweep takes nothing from anybody who is in the middle of something [CVE-2026-28268]`, async () => {
    const kit = await kitOn(open, { settings: { ...mandatory, trustedDevices: { days: 30 } } });
    await signUp(kit, kit.visitor(), {});
    kit.clock.advance(61_000);
    const visitor = kit.visitor();
    await signIn(kit, visitor, { until: 'verify-factor' });
    assert.equal(await kit.backend.sweep(), 0);
    const { status } = await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
    assert.equal(status, 200);
  });

  test(`${name}: M5: after a day flows, codes, limits and sessions are gone, and people sign in as before [CVE-2026-28268]`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    await signUp(kit, kit.visitor(), {});
    kit.clock.advance(24 * hour);
    assert.ok((await kit.backend.sweep()) > 8);
    assert.equal(await kit.backend.sweep(), 0);
    const names = await signIn(kit, kit.visitor(), {});
    assert.deepEqual(names.at(-1), 'complete');
  });

  test(`${name}: M5: events are kept for the days that the settings say, ninety where they say none`, async () => {
    for (const [settings, days] of [
      [{}, 90],
      [{ events: { days: 7 } }, 7],
    ] as const) {
      const store = await open();
      const kit = await kitOn(async () => store, { settings });
      await drive(kit).bind();
      const before = (await store.events.list(all)).length;
      kit.clock.advance(days * 24 * hour - 1);
      await kit.backend.sweep();
      assert.equal((await store.events.list(all)).length, before);
      kit.clock.advance(1);
      await kit.backend.sweep();
      assert.deepEqual(await store.events.list(all), []);
    }
  });

  test(`${name}: M5: a hundred thousand rows go a few at a time, so that people are answered meanwhile`, async (t) => {
    const store = await open();
    const kit = await kitOn(async () => store);
    await recordMany(store, kit.clock.now());
    kit.clock.advance(91 * 24 * hour);
    const visitor = await drive(kit).to('setup-phone');
    const waits: number[] = [];
    let dropped: number | null = null;
    const [began, sweeping] = [performance.now(), kit.backend.sweep().then((rows) => (dropped = rows))];
    while (dropped === null) {
      const asked = performance.now();
      assert.equal((await visitor.look()).status, 200);
      waits.push(performance.now() - asked);
    }
    assert.equal(await sweeping, many);
    const [seconds, longest] = [(performance.now() - began) / 1000, Math.max(...waits)];
    t.diagnostic(
      `${many} rows in ${seconds.toFixed(1)} s; ${waits.length} answers, the slowest in ${longest.toFixed(0)} ms`,
    );
    assert.ok(waits.length > 10, 'many were answered before it was over');
  });
}
