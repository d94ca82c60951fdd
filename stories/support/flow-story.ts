import type { StoryObj } from '@storybook/web-components-vite';
import { personAt, type Person } from './person.ts';
import { createScene, type Scene, type SceneOptions } from './scene.ts';

const isScene = (value: unknown): value is Scene => typeof value === 'object' && value !== null && 'stage' in value;

/** The scene that a story was given. */
export const sceneOf = (loaded: Record<string, unknown>): Scene => {
  if (!isScene(loaded['scene'])) throw new Error('the story has no scene');
  return loaded['scene'];
};

/** A story of one state of a flow: how it began, and what the person did to get there. */
export const flowStory = (options: SceneOptions, play: (person: Person) => Promise<void>): StoryObj => ({
  loaders: [async () => ({ scene: await createScene(options) })],
  render: (_args, { loaded }) => sceneOf(loaded).stage,
  play: async ({ loaded }) => play(personAt(sceneOf(loaded))),
});
