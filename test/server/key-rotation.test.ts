import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identifier } from '@countersign/core/identifier';
import { simulator } from '@countersign/connectors/simulator';
import { createKey, createNextKey, inPage, type KeyRing, type Store } from '@countersign/server';
import {
  createInbox,
  createTestKit,
  type PersonOptions,
  type TestKit,
  type Visitor,
} from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { shownCodes } from '../support/backup-codes.ts';
import { goOn, mandatory, signIn, signUp } from '../support/primary.ts';
import { stores } from '../support/stores.ts';

const rotations = 20;
const day = 24 * 3600_000;

/** Two processes on one store that take turns, each put together anew whenever its keys change. */
const createFleet = async (store: Store) => {
  let ring: KeyRing = [await createKey()];
  let at = Date.UTC(2026, 10, 24);
  let seed = 1;
  const inbox = createInbox();
  const connectors = (['sms', 'email'] as const).map((channel) =>
    simulator({ channel, inbox: (message) => inbox.receive(message) }),
  );
  const start = (keys: KeyRing): Promise<TestKit> =>
    createTestKit({ store, keys, connectors, settings: mandatory, start: at, seed: (seed += 2) });
  const processes = [await start(ring), await start(ring)];
  const [first] = processes;
  if (!first) throw new Error('there are two');

  /** What is still to be done of the change of keys, a step of it before every fifth request. */
  let steps: (() => Promise<void>)[] = [];
  let requests = 0;
  let lastStep = Promise.resolve();
  const nextStep = (): Promise<void> => (lastStep = lastStep.then(() => steps.shift()?.()));
  const turn = (): TestKit => processes[(requests += 1) % 2] ?? first;
  const whoever: TestKit['backend'] = {
    ...first.backend,
    async handle(...given) {
      if (requests % 5 === 4) await nextStep();
      return turn().backend.handle(...given);
    },
  };
  const give = async (place: number, keys: KeyRing): Promise<void> => void (processes[place] = await start(keys));
  const fetcher = (): typeof fetch => inPage(whoever, { origin: first.origin });
  return {
    inbox,
    visitor: (): Visitor => first.visitor(fetcher()),
    account: (visitor: Visitor, phone: Pick<TestKit, 'inbox'>) => ownAccount({ ...first, ...phone }, visitor),
    /** Another key: read by each process in turn, then used by each in turn, then given all rows. */
    async rotate() {
      const [old] = ring;
      const next = await createNextKey(old);
      const [adding, using]: [KeyRing, KeyRing] = [
        [old, next],
        [next, old],
      ];
      ring = [next];
      steps = [
        () => give(0, adding),
        () => give(1, adding),
        () => give(1, using),
        () => give(0, using),
        async () => void (await turn().backend.keys.rekey()),
      ];
    },
    /** A day later the other key is not needed, and goes. */
    async settle() {
      while (steps.length > 0) await nextStep();
      await lastStep;
      await turn().backend.keys.rekey();
      at += day;
      for (const { clock } of processes) clock.advance(day);
      assert.equal((await turn().backend.keys.spare()).length, 1);
      for (const place of [0, 1]) await give(place, ring);
      await turn().backend.keys.check();
    },
  };
};

type Fleet = Awaited<ReturnType<typeof createFleet>>;

interface Somebody {
  person: PersonOptions & { identifier: Identifier };
  codes: string[];
}

/** The person's own phone: with several under way, the newest message may be somebody else's. */
const phoneOf = ({ inbox }: Fleet, { identifier }: Somebody['person']) => ({
  inbox: { ...inbox, code: () => inbox.code(identifier.value) },
});

/** Signs up with an address of each kind, so that there is a phone, and ten codes on paper. */
const arrive = async (fleet: Fleet, number: number): Promise<Somebody> => {
  const person = { identifier: { type: 'phone', value: `+316${String(10_000_000 + number * 20_011)}` } } as const;
  const visitor = fleet.visitor();
  await signUp(phoneOf(fleet, person), visitor, { ...person, until: 'save-backup-codes' });
  const codes = shownCodes(visitor);
  assert.deepEqual((await goOn(phoneOf(fleet, person), visitor, person)).at(-1), 'complete');
  return { person, codes };
};

/** Signs in with a message, and takes what is kept about them, which needs another. */
const comeAndGo = async (fleet: Fleet, { person }: Somebody): Promise<void> => {
  const visitor = fleet.visitor();
  assert.deepEqual((await signIn(phoneOf(fleet, person), visitor, person)).at(-1), 'complete');
  assert.equal((await fleet.account(visitor, phoneOf(fleet, person)).export()).identifiers.length, 1);
};

/** Signs in with a code on paper, which is used up. */
const useUp = async (fleet: Fleet, { person, codes }: Somebody): Promise<void> => {
  const visitor = fleet.visitor();
  await signIn(phoneOf(fleet, person), visitor, { ...person, until: 'verify-factor' });
  await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  await visitor.act({ type: 'choose', factorId: String(step.held.at(-1)?.id) });
  const reply = await visitor.act({ type: 'submit-code', code: codes.pop() });
  assert.deepEqual([reply.status, reply.flow.step.name], [200, 'complete']);
};

for (const [name, open] of stores) {
  test(`${name}: O4: keys change ${rotations} times under load: no honest flow fails, and each old key goes`, async () => {
    const fleet = await createFleet(await open());
    const [ada, ...others] = await Promise.all([1, 2, 3, 4].map((number) => arrive(fleet, number)));
    assert.ok(ada);
    for (let round = 0; round < rotations; round += 1) {
      await fleet.rotate();
      const other = others[round % others.length] ?? ada;
      await Promise.all([comeAndGo(fleet, ada), useUp(fleet, other), arrive(fleet, 10 + round)]);
      await fleet.settle();
    }
  });
}
