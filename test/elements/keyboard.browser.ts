import { expect } from 'chai';
import { focused, listen } from './support/announcements.ts';
import { journeys } from './support/journeys.ts';
import { createPerson, nameOf, type Person } from './support/person.ts';
import { tabStopsOf } from './support/tab-stops.ts';

/** Goes the way, and through all that can be reached at each step; gives the stops of each. */
const explore = async (walk: (person: Person) => Promise<void>): Promise<string[][]> => {
  const { told, stop } = listen();
  const stops: string[][] = [];
  const look = async (): Promise<void> => {
    if (focused() === document.body) throw new Error('the focus is lost');
  };
  const arrival = async (element: HTMLElement): Promise<void> => {
    const began = nameOf(focused());
    stops.push(await tabStopsOf(element));
    expect(nameOf(focused())).to.equal(began);
  };
  try {
    await walk(createPerson({ act: async () => {}, look, arrival }, told));
  } finally {
    stop();
  }
  return stops;
};

describe('with a keyboard and nothing else, the focus is seen, never lost, caught or out of order', () => {
  afterEach(() => document.body.replaceChildren());

  for (const [title, walk] of Object.entries(journeys)) {
    it(title, async () => {
      expect(await explore(walk)).not.to.deep.equal([]);
    });
  }
});
