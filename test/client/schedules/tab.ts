import assert from 'node:assert/strict';
import { type Channel, type Client, type ClientState, createClient, type TokenStorage } from '@countersign/client';
import type { Action } from '@countersign/core/flow';
import { sms } from '@countersign/factors/sms/client';
import type { SmsContract } from '@countersign/factors/sms/contract';
import { totp } from '@countersign/factors/totp/client';
import type { TotpContract } from '@countersign/factors/totp/contract';
import { memoryStorage } from '../support.ts';

type Contracts = SmsContract | TotpContract;
type State = ClientState<Contracts>;

/** What a person does to a page; `choice` picks an action among those that the step accepts, right ones and wrong. */
export interface Command {
  tab: number;
  name: 'start' | 'act' | 'retry' | 'refresh' | 'stop' | 'reload';
  choice: number;
}

/** What a tab lives in. */
export interface TabOptions {
  base: string;
  /** Where the token of the flow is kept. */
  key: string;
  fetch: typeof fetch;
  channel: () => Channel;
  /** Begins a flow as the host would; gives its token. */
  begin: () => Promise<string>;
  sleep: () => Promise<void>;
  /** A right code; null where none was sent. */
  code: () => string | null;
}

const phone = '+31612345678';

const actionsAt = (state: State, code: string | null): Action<Contracts>[] => {
  if (state.name !== 'ready') return [{ type: 'switch' }];
  const { step } = state.view.flow;
  if (step.name === 'choose-factor') return ['sms', 'totp', 'email'].map((factor) => ({ type: 'choose', factor }));
  if (step.name === 'setup-factor' && step.stage === 'phone') {
    return [{ type: 'submit-phone', phone }, { type: 'submit-phone', phone: 'nonsense' }, { type: 'switch' }];
  }
  const right: Action<Contracts>[] = code ? [{ type: 'submit-code', code }] : [];
  return [...right, { type: 'submit-code', code: '000000' }, { type: 'resend' }, { type: 'back' }, { type: 'switch' }];
};

const flowIn = (text: string): unknown => {
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null && 'flow' in body ? body.flow : null;
};

const tokensIn = (text: string): string[] => [...text.matchAll(/"token":"([^"]+)"/gu)].map(([, token = '']) => token);

/** One tab of a browser: a client, which may be stopped and started again, and a new one after a reload. */
export class Tab {
  readonly #storage: TokenStorage = memoryStorage();
  /** Whoever was stopped hears the other tabs no more. */
  isDeaf = false;
  /** Everything that was promised to whoever called. */
  readonly promised: Promise<unknown>[] = [];
  /** What was wrong with what it showed or held. */
  readonly complaints: unknown[] = [];
  /** Ids of the actions that ask for a message. */
  readonly asked = new Set<string>();
  /** Tokens that came when nobody waited for them any more. */
  readonly #tooLate = new Set<string>();
  readonly #options: TabOptions;
  #client: Client<Contracts>;
  #requests = 0;
  #shown: unknown = null;
  #answered: { request: number; flow: unknown } = { request: 0, flow: null };

  constructor(options: TabOptions) {
    this.#options = options;
    this.#client = this.#open();
  }

  get state(): State {
    return this.#client.state;
  }

  /** The token of the flow that this tab holds; null for none. */
  get held(): string | null {
    return this.#storage.getItem(this.#options.key)?.split(' ')[1] ?? null;
  }

  do({ name, choice }: Omit<Command, 'tab'>): void {
    if (name === 'stop') {
      this.#client.stop();
      this.isDeaf = true;
      this.#watch(this.#client);
    } else if (name === 'reload') {
      this.#client.stop();
      this.#client = this.#open();
    } else if (name === 'act') {
      const actions = actionsAt(this.state, this.#options.code());
      this.promised.push(this.#client.act(actions[choice % actions.length] ?? { type: 'switch' }));
    } else {
      this.promised.push(Promise.resolve(this.#client[name]()));
    }
  }

  #open(): Client<Contracts> {
    this.isDeaf = false;
    const { base, channel, begin, sleep } = this.#options;
    const client = createClient<Contracts>({
      factors: [sms(), totp()],
      kind: 'setup',
      begin,
      base,
      channel,
      sleep,
      storage: this.#storage,
      fetch: (input, init) => this.#fetch(new Request(input, init)),
      now: () => 0,
    });
    this.#watch(client);
    return client;
  }

  #watch(client: Client<Contracts>): void {
    this.#shown = null;
    client.subscribe((state) => {
      try {
        this.#judge(state);
      } catch (complaint) {
        // Thrown from here, it would keep the state from those who wait for it.
        this.complaints.push(complaint);
      }
    });
  }

  #judge(state: State): void {
    assert.ok(!this.held || !this.#tooLate.has(this.held), 'what comes too late is not held');
    assert.notEqual(state.name, 'unsupported');
    const flow = 'view' in state && state.view ? state.view.flow : this.#shown;
    // What is new on the page is what the latest request was answered, and no other.
    if (flow !== this.#shown) assert.deepEqual({ request: this.#requests, flow }, this.#answered);
    this.#shown = flow;
  }

  async #fetch(request: Request): Promise<Response> {
    request.signal.throwIfAborted();
    const number = (this.#requests += 1);
    const sent = await request.clone().text();
    if (/"type":"(?:submit-phone|resend)"/u.test(sent)) this.asked.add(/"id":"([^"]+)"/u.exec(sent)?.[1] ?? '');
    const response = await this.#options.fetch(request);
    const text = await response.clone().text();
    // A late answer does not stand in for that of a newer request, nor is the flow that it began this tab's.
    if (number === this.#requests && this.state.name !== 'idle') {
      this.#answered = { request: number, flow: flowIn(text) };
    } else tokensIn(text).forEach((token) => this.#tooLate.add(token));
    return response;
  }
}
