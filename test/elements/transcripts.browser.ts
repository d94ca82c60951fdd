import { expect } from 'chai';
import { journeys } from './support/journeys.ts';
import { transcribe } from './support/transcript.ts';
import transcripts from './transcripts.md?raw';

/** What is to be read and heard, by the title of the journey. */
const expected = new Map(
  [...transcripts.matchAll(/^## (.+)\n\n```text\n([\s\S]*?)```$/gmu)].map(([, title = '', text = '']) => [title, text]),
);

describe('what is read and heard when', () => {
  afterEach(() => document.body.replaceChildren());

  for (const [title, walk] of Object.entries(journeys)) {
    it(title, async () => {
      expect(await transcribe(walk)).to.equal(expected.get(title));
    });
  }
});
