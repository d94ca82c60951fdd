import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import fc from 'fast-check';
import { mandatory, password } from '../support/primary.ts';

const runs = Number(process.env['SEQUENCES'] ?? 200);

const email = { type: 'email', value: 'ada@example.com' } as const;
const phone = { type: 'phone', value: '+31612345678' } as const;
const otherPhone = '+31687654321';

/** What one person knows of the flow they are in, told by what was accepted and by nothing the server says of itself. */
interface Model {
  kind: 'sign-up' | 'sign-in' | 'verify' | 'setup';
  first: boolean;
  second: boolean;
  bound: boolean;
}

interface World {
  kit: TestKit;
  visitor: Visitor;
  model: Model;
  codes: string[];
  /** Types that the user is known to hold; they never become fewer. */
  held: Set<string>;
  seen: Set<string>;
}

/** Every action with every payload worth trying; `pick` chooses among what somebody may type. */
const actions = ({ kit, codes }: World, pick: number): readonly Parameters<Visitor['act']>[0][] => {
  const choose = <const Items extends readonly unknown[]>(...items: Items): Items[number] => items[pick % items.length];
  const sent = kit.inbox.messages.map(({ code }) => code);
  const code = choose(sent.at(-1), sent.at(-2), sent[0], '000000', codes.at(0), codes.at(-1), '') ?? '111111';
  const typed = choose(password, password, 'a wrong password', 'short') ?? '';
  return [
    { type: 'identify', identifier: choose(email, phone) },
    { type: 'identify', identifier: choose(email, phone), password: typed },
    { type: 'submit-code', code },
    { type: 'submit-code', code },
    { type: 'submit-code', code: sent.at(-1) ?? '222222' },
    { type: 'resend' },
    { type: 'back' },
    { type: 'set-password', password: typed },
    { type: 'submit-password', password: typed },
    { type: 'turn-on' },
    { type: 'skip' },
    { type: 'submit-phone', phone: choose(otherPhone, phone.value, '+31600000000') },
    { type: 'acknowledge' },
    { type: 'switch' },
    { type: 'retry' },
    { type: 'choose', factor: choose('sms', 'backup-codes') },
  ];
};

const begin = async (world: World, kind: Model['kind']): Promise<void> => {
  const { kit, visitor } = world;
  const isHost = kind === 'verify' || kind === 'setup';
  if (isHost) await visitor.claim((await kit.begin({ kind, userId: 'bea' })).token);
  else await visitor.begin(kind);
  world.model = { kind, first: isHost, second: false, bound: false };
};

/** Goes to a held factor of the list, where there is one. */
const chooseHeld = async ({ visitor }: World, pick: number) => {
  const { step } = visitor.flow;
  const held = step.name === 'choose-factor' ? step.held : [];
  return visitor.act({ type: 'choose', factorId: held[pick % Math.max(1, held.length)]?.id ?? 'fac_none' });
};

/** What an accepted action proves, judged by what was typed and sent. */
const learn = (world: World, action: Parameters<Visitor['act']>[0], before: Visitor['flow']['step']): void => {
  const { model, kit, visitor, codes } = world;
  const moved = visitor.flow.step.id !== before.id;
  if (!moved) return;
  if (action.type === 'set-password') model.first = true;
  if (action['password'] !== undefined && action['password'] === password && before.name !== 'set-password') {
    if (before.name === 'identify' || before.name === 'enter-password') model.first = true;
  }
  if (action.type === 'acknowledge') model.bound = true;
  if (action.type !== 'submit-code') return;
  const typed = String(action['code']);
  const wasSent = kit.inbox.messages.some(({ code }) => code === typed);
  const isBackup = codes.includes(typed);
  assert.ok(wasSent || isBackup, `the code ${typed} was accepted at ${before.name}, but nobody was sent it`);
  if (isBackup) codes.splice(codes.indexOf(typed), 1);
  if (before.name === 'setup-factor') model.bound = true;
  if (before.name === 'setup-factor' || before.name === 'verify-factor') model.second = true;
  const byPhone = before.name === 'enter-code' && 'target' in before && before.target === phone.value;
  if (byPhone) model.second = true;
};

const check = (world: World): void => {
  const { visitor, model, held, seen } = world;
  const { step } = visitor.flow;
  seen.add(step.name);
  if (step.name === 'save-backup-codes' && 'codes' in step && Array.isArray(step.codes)) {
    world.codes = step.codes.map(String);
  }
  if (step.name !== 'complete') {
    assert.ok(step.actions.length > 0, `nothing can be done at ${step.name}`);
    return;
  }
  assert.ok(model.first, `${model.kind} is complete without a first factor`);
  assert.ok(model.second, `${model.kind} is complete without a second factor`);
  if (model.kind === 'setup') assert.ok(model.bound, 'setup is complete, and nothing was set up');
  const types = step.held.map(({ type }) => type);
  assert.ok(types.filter((type) => type === 'backup-codes').length <= 1, 'there are two sets of backup codes');
  if (model.kind === 'verify' || model.kind === 'setup') {
    for (const type of held) assert.ok(types.includes(type), `${type} is lost`);
    for (const type of types) held.add(type);
  }
};

const play = async (world: World, [which, pick]: readonly [number, number]): Promise<void> => {
  const { kit, visitor } = world;
  if (which < 4 && pick < 5)
    return begin(world, (['sign-up', 'sign-in', 'verify', 'setup'] as const)[which] ?? 'sign-in');
  if (which === 4) return kit.clock.advance([1000, 61_000, 200_000, 650_000][pick % 4] ?? 0);
  const before = visitor.flow.step;
  const fits = actions(world, 0).filter(({ type }) => before.actions.includes(type));
  const action = which > 21 ? fits[pick % Math.max(1, fits.length)] : actions(world, pick)[which - 6];
  const reply = action ? await visitor.act(action) : await chooseHeld(world, pick);
  assert.ok(reply.status < 500, JSON.stringify(reply.body));
  if (reply.status === 200 && action) learn(world, action, before);
  if (reply.status < 400) check(world);
};

test('random sequences never get to the end without the proof, lose no factor, and are never stuck', async (t) => {
  const seen = new Set<string>();
  let ends = 0;
  const moves = fc.array(fc.tuple(fc.nat(60), fc.nat(13)), { minLength: 20, maxLength: 60 });
  const sequence = fc.asyncProperty(fc.nat(3), moves, async (kind, steps) => {
    const kit = await createTestKit({ settings: mandatory });
    const visitor = kit.visitor();
    const model = { kind: 'sign-in', first: false, second: false, bound: false } as const;
    const world: World = { kit, visitor, model, codes: [], held: new Set(), seen };
    await play(world, [kind, 0]);
    for (const move of steps) await play(world, move);
    if (visitor.flow.step.name === 'complete') ends += 1;
  });
  await fc.assert(sequence, { numRuns: runs, seed: 7 });
  t.diagnostic(`${runs} sequences, ${ends} ended well, steps seen: ${[...seen].toSorted().join(' ')}`);
  assert.ok(seen.size >= 8, [...seen].join(' '));
});
