export { beginAt } from './begin-at.ts';
export { type Client, type ClientState, createClient } from './client.ts';
export { deadline } from './deadline.ts';
export type { ClientFactor } from './factor.ts';
export type { TokenStorage } from './held-token.ts';
export {
  type Effect,
  type Event,
  type IdentifiedAction,
  isIgnored,
  type Received,
  type SentAction,
  type State,
  transition,
  type Transition,
} from './machine.ts';
export type { ClientOptions, Purpose } from './options.ts';
export type { Channel } from './tabs.ts';
