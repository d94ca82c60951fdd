import type { Channel } from './code-stage.ts';

/** Everything that a message can be for; `Generic` is what templates of the others fall back to. */
export const usages = [
  'SignIn',
  'Register',
  'ForgotPassword',
  'MfaVerification',
  'BindMfa',
  'UserPermissionValidation',
  'BindNewIdentifier',
  'Generic',
] as const;

/** What a message is for; templates are chosen by it. */
export type Usage = (typeof usages)[number];

/** A usage as somebody wrote it: `BindMFA`, as existing documentation has it, is `BindMfa`. Null for anything unknown. */
export const readUsage = (text: string): Usage | null =>
  usages.find((usage) => usage === (text === 'BindMFA' ? 'BindMfa' : text)) ?? null;

/** A message on its way out. */
export interface Message {
  /** E.164 for the phone channels, an address for `email`. */
  to: string;
  text: string;
  usage: Usage;
  /** The same for every attempt at the same message. */
  idempotencyKey: string;
  /** Aborted when the connector's time is up. */
  signal: AbortSignal;
}

/** What became of a message after the provider had taken it. */
export interface DeliveryReport {
  /** That of the message. */
  idempotencyKey: string;
  /** The last word: it is there, or it will not come any more. */
  delivery: 'delivered' | 'failed';
}

/** What was posted to a connector's route for reports. */
export interface ReportRequest {
  headers: Headers;
  query: URLSearchParams;
  /** As it came; 16 KiB at most. */
  body: string;
}

/** A provider of messages: a factory function gives an object literal of this shape. */
export interface Connector {
  /** Unique among the connectors of a backend; shown to operators only. */
  id: string;
  channel: Channel;
  /** Hands the message to the provider. Throws {@link SendError} when the provider certainly did not take it. */
  send(message: Message): Promise<void>;
  /**
   * Had by connectors whose provider tells what became of messages. Judges first whether it was the provider who posted
   * this, and gives null where it was not; a request without a last word on any message gives none.
   */
  readReports?(request: ReportRequest): Promise<readonly DeliveryReport[] | null>;
  /** Set by connectors that show messages instead of sending them; production refuses them. */
  isForTests?: true;
}

/** A certain failure to send; anything else that a connector throws counts as "perhaps sent". */
export class SendError extends Error {
  override readonly name = 'SendError';
  /** `throttled`: the provider asks to wait; `destination`: it cannot reach this number; `failed`: anything else. */
  readonly kind: 'throttled' | 'destination' | 'failed';
  /** Seconds the provider asks to wait; 0 where it does not say. */
  readonly retryAfter: number;

  constructor(kind: SendError['kind'], message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfter = options.retryAfter ?? 0;
  }
}
