import type { FlowKind } from '@countersign/core/flow';
import type { TokenKeeper } from './held-token.ts';
import { type Effect, type Event, isOver } from './machine.ts';
import type { Tabs } from './tabs.ts';
import type { Reply, Transport } from './transport.ts';

/** What effects are run with. */
export interface EffectTools {
  transport: Transport;
  keeper: TokenKeeper;
  tabs: Tabs;
  kind: FlowKind;
  /** A token of a flow that the host began, or how to get one; undefined where the client begins it itself. */
  begin?: string | (() => Promise<string>);
  /** What a flow that the client begins itself is for, besides its kind. */
  purpose?: object;
  /** Factors that can be shown; a step for another one can't. */
  factors: readonly string[];
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  dispatch(event: Event): void;
}

type Request = Extract<Effect, { serial: number }>;
type SendEffect = Extract<Effect, { type: 'send' }>;

/** Names of all steps; one that is not here is a newer server's. */
const steps =
  'identify enter-code enter-password enter-pass set-password turn-on choose-factor setup-factor verify-factor save-backup-codes blocked complete'.split(
    ' ',
  );

/**
 * Goes on with the flow that this browser holds: where the client begins flows itself if it is for the same, else if the
 * host means the same user and purpose, which the server judges.
 */
const open = async (tools: EffectTools, signal: AbortSignal): Promise<Reply> => {
  const { kind, keeper, tabs, transport, begin, purpose } = tools;
  const own = { kind, ...purpose };
  const [held, begun] = await Promise.all([keeper.read() ?? tabs.ask(), typeof begin === 'function' ? begin() : begin]);
  const from = begun ?? JSON.stringify(own);
  if (held?.from === from) {
    const running = await transport.current(held.token, signal);
    if (begin || !running || running.flow) {
      keeper.write(held);
      return running;
    }
  }
  const reply = await transport.begin(begun ? { token: begun, resume: held?.token } : own, signal);
  // What comes too late is no longer the flow of this browser.
  if (!reply?.token || signal.aborted) return reply;
  const next = { from, token: reply.token };
  keeper.write(next);
  if (held) tabs.changed(held.token, next);
  return reply;
};

const tokenOf = (keeper: TokenKeeper): string => keeper.read()?.token ?? '';

const send = async (tools: EffectTools, effect: SendEffect, signal: AbortSignal): Promise<Reply> => {
  const { keeper, tabs, transport, sleep, begin } = tools;
  const { action, attempt } = effect;
  // 0, 400, 1600 ms: most lost answers are found at once, and a server in trouble is left alone for a while.
  await sleep(400 * (attempt - 1) ** 2);
  const token = tokenOf(keeper);
  const reply = await transport.act(token, action, signal);
  if (reply) tabs.changed(token);
  if (begin || action.type !== 'identify' || !isOver(reply?.problem)) return reply;
  // The page was left open for long. Nothing had happened in that flow, so what was typed goes to a new one.
  keeper.clear();
  const step = (await open(tools, signal))?.flow?.step.id;
  return step ? transport.act(tokenOf(keeper), { ...action, step }, signal) : reply;
};

/** The host answered, but began no flow: trying again may help, the connection is not to blame. */
const refusalOf = (error: unknown): Reply => (error instanceof TypeError ? null : { flow: null, problem: null });

const request = (tools: EffectTools, effect: Request, signal: AbortSignal): Promise<Reply> => {
  if (effect.type === 'send') return send(tools, effect, signal);
  if (effect.type === 'open') return open(tools, signal);
  return tools.transport.current(tokenOf(tools.keeper), signal);
};

/** Runs what the machine asks for; each answer names the request that it belongs to. */
export const createEffects = (tools: EffectTools): ((effect: Effect) => void) => {
  const { factors } = tools;
  let running = new AbortController();

  const eventOf = (serial: number, reply: Reply): Event => {
    if (!reply) return { type: 'dropped', serial };
    const step = reply.flow?.step;
    const isKnown = !step || (steps.includes(step.name) && (!('factor' in step) || factors.includes(step.factor)));
    return isKnown ? { type: 'answered', serial, at: tools.now(), ...reply } : { type: 'unsupported', serial };
  };

  const answer = async (effect: Request, { signal }: AbortController): Promise<void> => {
    const reply = await request(tools, effect, signal).catch(refusalOf);
    if (!signal.aborted) tools.dispatch(eventOf(effect.serial, reply));
  };

  return (effect) => {
    if (effect.type === 'forget') return tools.keeper.clear();
    running.abort();
    running = new AbortController();
    if (effect.type !== 'abort') void answer(effect, running);
  };
};
