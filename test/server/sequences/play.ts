import fc from 'fast-check';
import { rightAnswer } from './answers.ts';
import { beginAny, beginInSession, beginOwn } from './begin.ts';
import { change } from './change.ts';
import { act, finish, givePass } from './finish.ts';
import { guess } from './guesses.ts';
import { choose, count, createWorld, type Seen, type Setting, type World, worlds } from './world.ts';

/** Milliseconds: a moment, a wait for a message, the life of a code, of a flow, of a session. */
const waits = [1000, 30_000, 61_000, 61_000, 301_000, 601_000, 13 * 3600_000];

const goOn = async (world: World, pick: number): Promise<void> => {
  const isOver = world.tab.visitor.flow.step.name === 'complete';
  if (!isOver) {
    const { status } = await act(world, rightAnswer(world, pick));
    return status === 410 ? beginAny(world, pick) : undefined;
  }
  const isWaiting = world.stepUps.some(({ isUsed }) => !isUsed);
  world.kit.clock.advance(31_000);
  return isWaiting && pick % 2 === 0 ? change(world, pick) : beginAny(world, pick);
};

const pass = async (world: World, pick: number): Promise<void> => {
  const person = choose(pick, world.people);
  if (person) await givePass(world, person, 1 + (pick % 8));
};

interface Command {
  weight: number;
  play(world: World, pick: number): Promise<void>;
}

/** All that can happen, and how often it does beside the others. */
const commands: Readonly<Record<string, Command>> = {
  'go on': { weight: 12, play: goOn },
  guess: { weight: 4, play: async (world, pick) => void (await act(world, guess(world, pick))) },
  begin: { weight: 1, play: beginAny },
  change: { weight: 1, play: change },
  pass: { weight: 1, play: pass },
  wait: { weight: 1, play: async ({ kit }, pick) => kit.clock.advance(choose(pick, waits) ?? 0) },
  turn: {
    weight: 1,
    async play(world, pick) {
      world.tab = choose(pick, world.tabs) ?? world.tab;
    },
  },
};

const commandOf = (name: string): Command => {
  const command = commands[name];
  if (!command) throw new Error(`there is no command "${name}"`);
  return command;
};

const command = fc.tuple(
  fc.oneof(...Object.entries(commands).map(([name, { weight }]) => ({ weight, arbitrary: fc.constant(name) }))),
  fc.nat(4095),
);

/** Somebody who has signed up, and who has added as many factors. */
const begin = async (
  settings: Setting,
  seen: Seen,
  { added, pick }: { added: number; pick: number },
): Promise<World> => {
  const world = await createWorld(settings, seen);
  const [browser] = world.browsers;
  await beginOwn(world, browser, 'sign-up');
  for (let flows = added; flows > 0; flows -= 1) {
    await finish(world, pick + flows);
    world.kit.clock.advance(61_000);
    if (flows > 1) await beginInSession(world, browser, { kind: 'setup' });
  }
  return world;
};

/** One sequence: how it starts, and each command with the number that says how. */
export interface Sequence {
  settings: Setting;
  start: { added: number; pick: number };
  steps: readonly (readonly [command: string, pick: number])[];
}

/** Plays one sequence to its end; throws where it breaks a rule. */
export const playSequence = async ({ settings, start, steps }: Sequence, seen: Seen): Promise<void> => {
  const world = await begin(settings, seen, start);
  try {
    for (const [name, pick] of steps) await commandOf(name).play(world, pick);
    await finish(world, start.pick);
  } catch (error) {
    throw new Error(`${String(error)}\nafter ${world.way.join('\n  ')}`, { cause: error });
  }
  count(world, 'sequences');
};

const sequence = (seen: Seen) =>
  fc.asyncProperty(
    fc.constantFrom(...worlds),
    fc.record({ added: fc.nat(2), pick: fc.nat(4095) }),
    fc.array(command, { minLength: 20, maxLength: 22 }),
    (settings, start, steps) => playSequence({ settings, start, steps }, seen),
  );

/** Plays random sequences, and counts what was seen in them; throws with a short one that breaks a rule. */
export const playSequences = async (numRuns: number, seed: number): Promise<Seen> => {
  const seen: Seen = new Map();
  await fc.assert(sequence(seen), { numRuns, seed });
  return seen;
};
