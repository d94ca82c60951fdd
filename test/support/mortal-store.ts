import type { Store } from '@countersign/server';

/** Whether a process still lives. */
export interface Life {
  isOver: boolean;
}

/** The store as a process sees it that may die: from then on it is told nothing, and changes nothing. */
export const mortalStore = (store: Store, life: Life): Store => {
  const mortal = (part: object): object =>
    new Proxy(part, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]): Promise<unknown> => {
          if (life.isOver) throw new Error('the process has died');
          return Reflect.apply(member, target, given);
        };
      },
    });
  return Object.fromEntries(Object.entries(store).map(([name, part]) => [name, mortal(part)])) as unknown as Store;
};
