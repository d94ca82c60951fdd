import type { Parts } from '../parts.ts';
import type { Limit } from './limit.ts';

/** What operators are told of messages that were stopped, or soon will be; once in the hour or day that it is about. */
export class SendsAlert extends Error {
  override readonly name = 'SendsAlert';
  readonly guard: Limit['guard'] | 'conversion';
  /** A country, the beginning of a number, or a block of addresses; empty for everything. */
  readonly scope: string;
  /** Whether messages are stopped now; else a budget is nearly used up. */
  readonly isStopped: boolean;
  /** When the window is over that was counted in, in Unix milliseconds. */
  readonly until: number;

  constructor({ guard, scope, isStopped, until }: Pick<SendsAlert, 'guard' | 'scope' | 'isStopped' | 'until'>) {
    const of = scope === '' ? '' : ` of ${scope}`;
    const what = isStopped ? 'stops messages' : 'is nearly used up';
    super(`sends: the limit "${guard}"${of} ${what} until ${new Date(until).toISOString()}`);
    this.guard = guard;
    this.scope = scope;
    this.isStopped = isStopped;
    this.until = until;
  }
}

const day = 24 * 3600_000;

/** Tells operators, unless another request or process has; looked up before it is noted, since refusals are many. */
export const tell = async (
  { store, vault, report }: Parts,
  about: ConstructorParameters<typeof SendsAlert>[0],
  at: number,
): Promise<void> => {
  const { guard, scope, isStopped, until } = about;
  const key = `alert:${await vault.index(['alert', guard, scope, String(isStopped), String(until)])}`;
  const [told] = await store.tallies.sums([{ key, from: 0, to: at + 1 }]);
  if (told !== 0) return;
  const { done } = await store.changes.commit([{ type: 'tally', key, add: 1, max: 1, window: day, at }]);
  if (done) report(new SendsAlert(about));
};
