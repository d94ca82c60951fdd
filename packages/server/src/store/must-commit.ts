import type { Store, Write } from './store.ts';

/** Commits writes of which none has a condition that can be lost. */
export const mustCommit = async ({ changes }: Pick<Store, 'changes'>, writes: readonly Write[]): Promise<void> => {
  const committed = await changes.commit(writes);
  if (!committed.done) throw new Error(`a change without a condition lost ${committed.lost}`);
};
