import { beginAt, type Client, type ClientOptions, createClient, deadline } from '@countersign/client';
import type { FactorContract } from '@countersign/core/contract';
import type { Action, FlowKind, Problem } from '@countersign/core/flow';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ClientController } from '../client-controller.ts';
import { CountersignElement } from '../element.ts';
import { concernsInput, errorText } from '../error-text.ts';
import { msg } from '../localize.ts';
import { contentOf, type OwnStep, preload, type StepContext, stopped } from '../steps/content-of.ts';
import { complete } from '../steps/complete.ts';
import { tokens } from '../styles/tokens.ts';
import type { FactorView, StepContent } from '../view.ts';
import { Alarm } from './alarm.ts';
import type { arrive } from './arrive.ts';
import { CompleteEvent } from './complete-event.ts';
import { flowElementStyles } from './flow-element.styles.ts';
import { StepForm } from './step-form.ts';

/** What a page may put in the place of the platform's, for tests and unusual hosts; `purpose` is the client's. */
export type FlowElementOptions = Partial<
  Pick<ClientOptions<FactorContract>, 'fetch' | 'storage' | 'channel' | 'now' | 'sleep' | 'newId' | 'purpose'>
>;

/** How long an answer may take, in milliseconds, before the person is told that it is still waited for. */
const patience = 5000;

/** A step is there, and what shows it is on its way. */
const arriving = 'arriving';

/**
 * Shows one flow, step by step. The shadow root holds the frame only; the step's form is a light-DOM child.
 *
 * @fires {CompleteEvent} countersign-complete - The flow is done; `event.proof` is for the host's server.
 * @slot - The step's form; made by the element.
 * @csspart card - The frame.
 * @csspart heading - What the step asks for.
 * @csspart lead - The line below the heading.
 * @csspart progress - The line that moves while something is under way.
 * @cssproperty --countersign-hue - Hue of the accent colour, 0 to 360.
 * @cssproperty --countersign-accent - Buttons, links, and what is current.
 * @cssproperty --countersign-accent-strong - The accent below a pointer.
 * @cssproperty --countersign-on-accent - Texts on the accent.
 * @cssproperty --countersign-surface - Background of the card.
 * @cssproperty --countersign-text - Texts.
 * @cssproperty --countersign-muted - Texts that matter less.
 * @cssproperty --countersign-hairline - Lines that only divide.
 * @cssproperty --countersign-danger - What is wrong.
 * @cssproperty --countersign-success - What is done.
 * @cssproperty --countersign-radius - Corners of fields and buttons, 10px.
 * @cssproperty --countersign-radius-card - Corners of the card, 14px.
 * @cssproperty --countersign-space - The unit of all distances, 4px.
 * @cssproperty --countersign-font-small - Size of labels and messages, 14px.
 * @cssproperty --countersign-font-medium - Size of what is typed and of buttons, 16px.
 * @cssproperty --countersign-font-large - Size of headings and of digits, 20px.
 * @cssproperty --countersign-ring - Outline of what has the focus, 2px solid.
 */
export class CountersignFlowElement extends CountersignElement {
  static override readonly properties: PropertyDeclarations = {
    base: {},
    beginUrl: { attribute: 'begin-url' },
    flowToken: { attribute: false },
    frame: { reflect: true },
    autofocus: { type: Boolean },
    options: { attribute: false },
  };

  static override readonly styles = [tokens, flowElementStyles];

  readonly #controller = new ClientController(this, () => this.#createClient());
  readonly #form = new StepForm(this, (data) => this.#submit(data));
  #content: StepContent = { heading: '' };
  #isArriving = false;
  #entry = '';
  #sent = '';
  #isSlow = false;
  #arrive?: typeof arrive;

  /** The views of the factors that can be shown; filled in by `define`. */
  readonly views: readonly FactorView[] = [];

  /** What the flow is for; each flow element has its own. */
  readonly kind: FlowKind = 'verify';

  /** Whether the person may begin the flow, without a host. */
  protected readonly beginsAlone: boolean = false;

  /** Where the API is. */
  base = '/api/v1';

  /** A URL of the page's own origin that begins a flow: answers a `POST` with `{"token": "…"}`. */
  beginUrl = '';

  /** The token of a flow that the host has begun; stands in for `begin-url`. Never an attribute: it is a secret. */
  flowToken = '';

  /** `card`, or `none` to sit in a frame of the page's. */
  frame: 'card' | 'none' = 'card';

  /** Takes the focus when the first step is there. */
  override autofocus = false;

  /** Replaces the platform's fetch, storage, clock and so on; read when the flow begins. */
  options: FlowElementOptions = {};

  constructor() {
    super();
    new Alarm(this, { wait: () => this.#wait, ring: () => this.#wakeUp() });
  }

  /** The headless client behind the element; null before it knows its flow. */
  get client(): Client | null {
    return this.#controller.client;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void preload().then(() => this.requestUpdate());
    // A step comes without it, too.
    void import('./arrive.ts').then(({ arrive }) => (this.#arrive = arrive)).catch(() => 0);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const source = ['base', 'beginUrl', 'flowToken'].some((name) => changed.has(name));
    if (source && this.hasUpdated) this.#controller.restart();
    const content = contentOf(this.#controller.state, this.#context());
    this.#isArriving = content === null;
    this.#isSlow &&= this.#isBusy;
    this.#content = content ?? this.#content;
  }

  protected override updated(_changed: Map<PropertyKey, unknown>): void {
    const { state } = this.#controller;
    const entry = this.#isArriving ? arriving : this.#controller.entry;
    if (entry !== this.#entry && entry !== arriving) this.#form.clear();
    const hadFocus = this.matches(':focus-within');
    this.#form.draw(this.#content, { message: this.#notice, isRefusal: !this.#isSlow, isInert: this.#isArriving });
    // What had the focus may be gone although the step is the same.
    if (hadFocus && !this.matches(':focus-within')) this.focusStep();
    const isFirst = ['', 'idle', 'loading'].includes(this.#entry);
    if (entry === this.#entry || (entry === arriving && isFirst)) return;
    this.#entry = entry;
    if (state.name === 'complete' && state.view.flow.step.name === 'complete') {
      this.dispatchEvent(new CompleteEvent(state.view.flow.step));
    }
    if (['idle', 'loading', arriving].includes(entry)) return;
    if (!isFirst) this.#arrive?.(this.renderRoot, this.#sent, state);
    this.#sent = '';
    if (!isFirst || this.autofocus) this.focusStep();
  }

  #createClient(): Client | null {
    const { flowToken, beginUrl, options } = this;
    const begin = flowToken || (beginUrl && beginAt(beginUrl, options.fetch));
    if (!begin && !this.beginsAlone) return null;
    const factors = this.views.map(({ client }) => client);
    return createClient({ ...options, base: this.base, kind: this.kind, factors, ...(begin && { begin }) });
  }

  #context(): StepContext {
    const { state, client } = this.#controller;
    const context: StepContext = {
      problem: this.#problem,
      fieldError: this.#sentence(true),
      flow: 'view' in state && state.view ? state.view.flow.id : '',
      now: () => client?.now() ?? 0,
      deadline: (time) => ('view' in state && state.view ? deadline(state.view, time) : 0),
      send: (action) => this.#act(action),
      again: () => void client?.retry(),
      redraw: () => this.requestUpdate(),
      views: this.views,
      showOwn: (step) => this.showOwn(step, context),
    };
    return context;
  }

  /** A step of a flow that this element is not for comes only from a newer server. */
  protected showOwn(step: OwnStep, context: StepContext): StepContent | null {
    return step.name === 'complete' ? complete(step) : stopped({ name: 'unsupported' }, context);
  }

  get #problem(): Problem | null {
    const { state } = this.#controller;
    return state.name === 'ready' ? state.problem : null;
  }

  /** What a refusal says, if it concerns what was typed, or if it does not; else empty. */
  #sentence(ofInput: boolean): string {
    const problem = this.#problem;
    return problem && concernsInput(problem) === ofInput ? errorText(problem) : '';
  }

  /** What is said beside the step: that the answer is slow, or a refusal that is not about what was typed. */
  get #notice(): string {
    return this.#isSlow ? msg('This takes longer than usual. Nothing is lost.') : this.#sentence(false);
  }

  get #isBusy(): boolean {
    return this.#isArriving || /loading|sending/u.test(this.#controller.state.name);
  }

  /** What was just refused costs no second try when Enter follows a code that had sent itself. */
  #submit(data: FormData): void {
    const action = this.#content.submit?.(data);
    const isRefused = JSON.stringify(action) === this.#sent && /mismatch|\.invalid_/u.test(this.#problem?.code ?? '');
    if (action && !isRefused) this.#act(action);
  }

  /** What proves a factor also says whether this browser is to be trusted. */
  #act(action: Action<FactorContract>): void {
    this.#sent = JSON.stringify(action);
    // The button goes, and a new code is about to be typed.
    if (action.type === 'resend') this.focusStep();
    const isTrusted = action.type !== 'switch' && this.querySelector('[name=trust]:checked');
    void this.client?.act(isTrusted ? { ...action, trust: true } : action);
  }

  /** Milliseconds until what is shown changes by itself; 0 for never. */
  get #wait(): number {
    if (this.#isBusy && !this.#isSlow) return patience;
    const { wakeAt } = this.#content;
    return wakeAt === undefined || !this.client ? 0 : wakeAt - this.client.now();
  }

  /** The answer is slow; or the server may know more by now, and where it can't be asked, it is later all the same. */
  #wakeUp(): void {
    this.#isSlow = this.#isBusy;
    this.requestUpdate();
    this.client?.refresh();
  }

  /** Leads the focus to where the step begins: its first field, or what it says. */
  protected focusStep(): void {
    this.#form.focus(this.renderRoot.querySelector('h2'));
  }

  protected override render(): TemplateResult {
    const { heading, lead } = this.#content;
    return html`<section class="card" part="card" aria-labelledby="heading" aria-busy=${this.#isBusy}>
      <div class="progress" part="progress"></div>
      <div class="step">
        <header aria-live="off">
          <h2 id="heading" part="heading" tabindex="-1" aria-describedby="lead">${heading}</h2>
          ${lead ? html`<p id="lead" part="lead">${lead}</p>` : nothing}
        </header>
        <slot></slot>
      </div>
      <div class="announcement" role="status">${this.#notice}</div>
    </section>`;
  }
}
