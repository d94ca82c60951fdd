import type { TokenKeeper } from './held-token.ts';
import type { Effect, Event } from './machine.ts';
import type { Tabs } from './tabs.ts';
import type { Reply, Transport } from './transport.ts';

/** What effects are run with. */
export interface EffectTools {
  transport: Transport;
  keeper: TokenKeeper;
  tabs: Tabs;
  /** Gives a token of a flow that the host began. */
  begin(): Promise<string>;
  /** Factors that can be shown; a step for another one can't. */
  factors: readonly string[];
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  dispatch(event: Event): void;
}

type Request = Extract<Effect, { serial: number }>;
type SendEffect = Extract<Effect, { type: 'send' }>;

/** Milliseconds before the second and third attempt. */
const pauses = [0, 300, 1500];

const steps = ['choose-factor', 'setup-factor', 'verify-factor', 'blocked', 'complete'];

/** Goes on with the flow that this browser holds, if the host means the same user and purpose; the server judges. */
const open = async ({ keeper, tabs, transport, begin }: EffectTools, signal: AbortSignal): Promise<Reply> => {
  const [held, begun] = await Promise.all([keeper.read() ?? tabs.ask(), begin()]);
  if (held?.from === begun) return transport.current(held.token, signal);
  const reply = await transport.claim(begun, held?.token, signal);
  if (!reply?.token) return reply;
  const next = { from: begun, token: reply.token };
  keeper.write(next);
  if (held) tabs.moved(held.token, next);
  return reply;
};

const send = async ({ keeper, tabs, transport, sleep }: EffectTools, effect: SendEffect, signal: AbortSignal) => {
  await sleep(pauses[effect.attempt - 1] ?? 0);
  const token = keeper.read()?.token ?? '';
  const reply = await transport.act(token, effect.action, signal);
  if (reply) tabs.changed(token);
  return reply;
};

/** The host answered, but began no flow: trying again may help, the connection is not to blame. */
const refusalOf = (error: unknown): Reply =>
  error instanceof TypeError
    ? null
    : { flow: null, token: null, problem: { type: '', title: '', status: 0, code: 'server.internal' } };

const request = (tools: EffectTools, effect: Request, signal: AbortSignal): Promise<Reply> => {
  if (effect.type === 'send') return send(tools, effect, signal);
  if (effect.type === 'open') return open(tools, signal);
  return tools.transport.current(tools.keeper.read()?.token ?? '', signal);
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
