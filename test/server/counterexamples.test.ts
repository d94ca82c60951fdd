import { test } from 'node:test';
import { sequences } from './sequences/corpus.ts';
import { playSequence } from './sequences/play.ts';

for (const { broke, sequence } of sequences) {
  test(`Q5: it does not happen again: ${broke}`, () => playSequence(sequence, new Map()));
}
