import type { Purpose } from '@countersign/client';
import { type Account, type AccountReply, createAccount } from '@countersign/client/account';
import type { AccountOverview } from '@countersign/core/account';
import type { FlowResult, Problem } from '@countersign/core/flow';
import type { AccountAction } from '@countersign/core/requests';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { errorText } from '../error-text.ts';
import type { FlowElementOptions } from '../flow-element/flow-element.ts';
import { msg } from '../localize.ts';
import type { FactorView } from '../view.ts';
import { type AccountChange, AccountChangeEvent } from './change-event.ts';
import { accountSentences } from './sentences.ts';
import type { Place, Task } from './task.ts';

/** The element that shows an account, as far as its parts know it. */
export interface AccountHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly views: readonly FactorView[];
  readonly base: string;
  readonly accountToken: string;
  readonly options: FlowElementOptions;
}

/** What is known of the account; `failed` without a problem is no connection. */
export type Reading =
  { name: 'loading' } | { name: 'failed'; problem: Problem | null } | { name: 'open'; account: AccountOverview };

/** What came of the last change. */
export interface Outcome {
  text: string;
  isRefusal: boolean;
}

/** Where the focus goes once the next drawing is there: to a task, a button by its key, the first heading, or nowhere. */
export type Focus = { to: 'task' } | { to: 'heading' } | { to: 'button'; key: string } | null;

/** A step-up for one change, and what is said when it is made. */
export interface Change {
  place: Place;
  label: string;
  action: Exclude<AccountAction, 'export'>;
  /** The id of what is changed. */
  target: string;
  make: (account: Account, stepUp: string) => Promise<AccountReply<AccountOverview>>;
  said: string;
}

/** A factor to be set up, and what is said when it is. */
export interface Addition {
  place: Place;
  label: string;
  purpose: Exclude<Purpose, { for: unknown }>;
  change: AccountChange;
  said: string;
}

const leaveIn = (result: FlowResult): string => (result.type === 'step-up' ? result.token : '');

/** Carries the changes of one account out, one at a time, and remembers what is to be shown of that. */
export class Desk implements ReactiveController {
  readonly #host: AccountHost;
  reading: Reading = { name: 'loading' };
  task: Task | null = null;
  outcome: Outcome = { text: '', isRefusal: false };
  focus: Focus = null;
  #opener = '';

  constructor(host: AccountHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    void this.read();
  }

  get #account(): Account {
    const { base, accountToken: token, options } = this.#host;
    return createAccount({ base, token, ...(options.fetch && { fetch: options.fetch }) });
  }

  /** Reads the account anew. */
  async read(): Promise<void> {
    this.#take(await this.#account.read());
  }

  /** Begins a task; `opener` is the key of the button that did, to come back to. One under way is given up. */
  begin(task: Task, opener: string): void {
    this.task = task;
    this.#opener = opener;
    this.#say('', { to: 'task' });
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.task = null;
    this.#say('', { to: 'button', key: this.#opener });
  }

  /** Asks for the second factor, then makes the change. */
  change({ place, label, action, target, make, said }: Change, opener: string): void {
    const purpose = { for: { action, target } };
    const done = async (result: FlowResult): Promise<void> => {
      const reply = await make(this.#account, leaveIn(result));
      this.#end(reply, action, said);
    };
    this.begin({ name: 'flow', place, label, kind: 'verify', purpose, done }, opener);
  }

  /** Sets a factor up; the flow asks for a held one itself. */
  add({ place, label, purpose, change, said }: Addition, opener: string): void {
    const done = async (): Promise<void> => this.#end(await this.#account.read(), change, said);
    this.begin({ name: 'flow', place, label, kind: 'setup', purpose, done }, opener);
  }

  /** Asks for the second factor, then hands all that is kept about the person to `save`. */
  export(place: Place, save: (text: string) => void): void {
    if (this.reading.name !== 'open') return;
    const purpose = { for: { action: 'export', target: this.reading.account.userId } } as const;
    const done = async (result: FlowResult): Promise<void> => {
      const reply = await this.#account.export(leaveIn(result));
      if (!reply.ok) return this.refuse(reply.problem);
      save(`${JSON.stringify(reply.value, null, 2)}\n`);
      this.#close(msg('Your data is downloaded.'));
    };
    this.begin({ name: 'flow', place, label: msg('Download my data'), kind: 'verify', purpose, done }, place);
  }

  /** Ends the task with a refusal; the account may have changed elsewhere, or be nobody's any more. */
  refuse(problem: Problem | null): void {
    const text = problem ? errorText(problem, accountSentences) : msg('There is no connection. Try again.');
    this.task = null;
    this.outcome = { text, isRefusal: true };
    this.focus = { to: 'heading' };
    this.#host.requestUpdate();
    if (problem?.code === 'account.not_found' || problem?.code === 'session.not_found') void this.read();
  }

  #take(reply: AccountReply<AccountOverview>): void {
    this.reading = reply.ok ? { name: 'open', account: reply.value } : { name: 'failed', problem: reply.problem };
    this.#host.requestUpdate();
  }

  #end(reply: AccountReply<AccountOverview>, change: AccountChange, said: string): void {
    if (!reply.ok) return this.refuse(reply.problem);
    this.#take(reply);
    this.#close(said);
    this.#host.dispatchEvent(new AccountChangeEvent(change, reply.value));
  }

  #close(said: string): void {
    this.task = null;
    this.#say(said, { to: 'heading' });
  }

  #say(text: string, focus: Focus): void {
    this.outcome = { text, isRefusal: false };
    this.focus = focus;
    this.#host.requestUpdate();
  }
}
