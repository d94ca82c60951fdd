import type { Committed, Store, Write } from '../../../../packages/server/src/store/store.ts';
import { flowRow } from './rows.ts';

/** A store with the users `ada` and `bob`, and a way to commit without a thought for versions. */
export interface Subject {
  store: Store;
  /** Commits to the flow `flw_1`, whose version it counts. */
  commit(...writes: Write[]): Promise<Committed>;
  /** Commits what must not be lost. */
  write(...writes: Write[]): Promise<void>;
}

export type Begin = () => Promise<Subject>;

export const beginWith =
  (create: () => Promise<Store>): Begin =>
  async () => {
    const store = await create();
    for (const id of ['ada', 'bob']) await store.users.ensure(id, 0);
    await store.flows.insert(flowRow());
    let version = 1;
    const commit = async (...writes: Write[]): Promise<Committed> => {
      const committed = await store.flows.commit(flowRow({ version: version + 1 }), writes);
      if (committed.done) version += 1;
      return committed;
    };
    const write = async (...writes: Write[]): Promise<void> => {
      const committed = await commit(...writes);
      if (!committed.done) throw new Error(`lost ${committed.lost}`);
    };
    return { store, commit, write };
  };

/** As many of these as there are numbers below `count`, begun in one go. */
export const atOnce = <Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));
