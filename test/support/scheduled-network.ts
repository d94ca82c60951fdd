import type { Scheduler } from 'fast-check';

/**
 * What becomes of a request: it is answered; it gets lost on the way there, or its answer on the way back; it arrives
 * twice; or it is given up and arrives all the same.
 */
export const fates = ['answered', 'lost', 'unheard', 'repeated', 'late'] as const;

export type Fate = (typeof fates)[number];

/** A network whose every step is taken when the scheduler says so. */
export interface Network {
  fetch: typeof fetch;
  /** Takes one step after the other until there is none left, and none on its way where `isBusy` says so; throws if that takes too long. */
  drain(isBusy: () => boolean): Promise<void>;
  /** Something that a step began, which the next one waits for. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Answers everything from now on. */
  heal(): void;
}

/** What the network is made of. */
export interface NetworkOptions {
  scheduler: Scheduler;
  /** Whoever answers. */
  server: typeof fetch;
  /** Those of the first requests, in their order; the rest are answered. */
  plan: readonly Fate[];
  /** Whether an aborted request is given up at once, as by browsers; else its answer comes all the same. */
  heedsAbort: boolean;
  /** Lets everything that is ready have its turn. */
  turn: () => Promise<void>;
}

const aborted = ({ signal }: Request): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** How long something may take that is on its way, in milliseconds; bodies are read in tasks of their own. */
const longest = 10_000;

export const createNetwork = ({ scheduler, server, plan, heedsAbort, turn }: NetworkOptions): Network => {
  let working = 0;
  let ahead = [...plan];
  const next = (): Fate => ahead.shift() ?? 'answered';
  const step = (what: string): Promise<void> => scheduler.schedule(Promise.resolve(), what);

  const during = async <T>(work: Promise<T>): Promise<T> => {
    working += 1;
    try {
      return await work;
    } finally {
      working -= 1;
    }
  };
  const arrive = (request: Request): Promise<Response> =>
    during(server(new Request(request.clone(), { signal: null })));
  const travel = async (request: Request, fate: Fate): Promise<Response> => {
    const there = step('there').then(() => (fate === 'lost' ? null : arrive(request)));
    if (fate === 'late') {
      await step('given up');
      throw new TypeError('given up');
    }
    const first = await there;
    if (fate === 'repeated') await step('there again');
    const response = fate === 'repeated' ? await arrive(request) : first;
    await step('back');
    if (!response || fate === 'unheard') throw new TypeError('connection reset');
    return response;
  };

  /** Until all that is left waits for the scheduler. */
  const rest = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await turn();
      if (working > 0) quiet = 0;
    }
  };

  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const answer = travel(request, next());
      return heedsAbort ? Promise.race([answer, aborted(request)]) : answer;
    },
    async drain(isBusy) {
      for (let since = Date.now(); Date.now() - since < longest;) {
        await rest();
        if (scheduler.count() > 0) {
          await scheduler.waitOne();
          since = Date.now();
        } else if (!isBusy()) return;
      }
      throw new Error('something is on its way and never arrives');
    },
    during,
    heal: () => void (ahead = []),
  };
};
