import type { Sequence } from './play.ts';
import { worlds } from './world.ts';

/** A sequence that broke a rule once, as short as it still did. */
export interface Counterexample extends Omit<Sequence, 'settings'> {
  /** What went wrong, and the rule that it broke. */
  broke: string;
  /** The place of its settings among the worlds. */
  world: number;
}

/**
 * What random sequences have found, to be played at each change; it only grows. The numbers say how each command is
 * played, so they mean something else where commands or worlds are put in another order: the mutants named `q5-…` undo
 * each repair, and tell when a sequence no longer shows it.
 */
export const corpus: readonly Counterexample[] = [
  {
    broke: 'a passkey that an address had vouched for made another one as strong as any, which removed the app',
    world: 0,
    start: { added: 2, pick: 3479 },
    steps: [
      ['go on', 4087],
      ['go on', 719],
      ['go on', 1763],
      ['go on', 2327],
      ['begin', 1062],
    ],
  },
  {
    broke: 'an address that another factor had replaced was a factor again after the next sign-in',
    world: 1,
    start: { added: 1, pick: 2386 },
    steps: [
      ['go on', 3278],
      ['go on', 840],
      ['go on', 2902],
      ['guess', 4037],
      ['go on', 1489],
    ],
  },
  {
    broke:
      'a sign-in that stood at adding a factor added it on the password alone, though one was added elsewhere meanwhile',
    world: 4,
    start: { added: 0, pick: 1405 },
    steps: [
      ['go on', 2368],
      ['go on', 670],
      ['go on', 519],
      ['go on', 341],
      ['go on', 1197],
      ['begin', 1280],
      ['go on', 3643],
      ['turn', 192],
      ['go on', 4045],
      ['turn', 965],
    ],
  },
  {
    broke: 'a reset that stood at the new password set it without the factor that was added elsewhere meanwhile',
    world: 4,
    start: { added: 1, pick: 1601 },
    steps: [
      ['begin', 1392],
      ['go on', 1439],
      ['go on', 2639],
      ['begin', 183],
      ['go on', 1163],
      ['go on', 524],
      ['go on', 2223],
      ['go on', 2400],
      ['go on', 800],
      ['turn', 1263],
    ],
  },
];

/** Each of them in the settings of its world. */
export const sequences = corpus.map(({ world, broke, ...sequence }) => {
  const settings = worlds[world];
  if (!settings) throw new Error(`there is no world ${world}`);
  return { broke, sequence: { ...sequence, settings } };
});
