import { channel } from '@countersign/core/code-stage';
import { type Connector, SendError } from '@countersign/core/connector';
import { ConfigurationError } from '@countersign/core/errors';
import * as v from 'valibot';

const isSafe = (text: string): boolean => {
  if (!URL.canParse(text)) return true; // said by the check before
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
};

const optionsSchema = v.strictObject({
  /** Unique among the connectors of a backend. */
  id: v.optional(v.string(), 'http'),
  channel,
  /** Messages are posted here; https, or this machine. */
  url: v.pipe(v.string(), v.url('must be a URL'), v.check(isSafe, 'must use https')),
  /** Sent as `Authorization: Bearer …`. */
  token: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty'))),
});

/** Options of {@link http}. */
export type HttpOptions = v.InferInput<typeof optionsSchema>;

const readOptions = (options: HttpOptions) => {
  const result = v.safeParse(optionsSchema, options);
  if (result.success) return result.output;
  throw new ConfigurationError(
    `http connector: ${v.getDotPath(result.issues[0]) ?? 'options'} ${result.issues[0].message}`,
  );
};

/** Only what the endpoint says it refused is a certain failure; after a 5xx the message may be on its way. */
const refusal = ({ status, headers }: Response): Error => {
  const retryAfter = Number(headers.get('retry-after') ?? 0) || 0;
  if (status === 429) return new SendError('throttled', 'the endpoint asks to wait', { retryAfter });
  if (status === 422) return new SendError('destination', 'the endpoint cannot reach this destination');
  if (status < 500) return new SendError('failed', `the endpoint refused the message with ${status}`);
  return new Error(`the endpoint failed with ${status}`);
};

/**
 * Posts `{to, text, usage}` as JSON to an endpoint of your own, with an `Idempotency-Key`. It answers 2xx when it took
 * the message, 422 when it cannot reach the destination, 429 with `Retry-After` to wait, another 4xx when it refused.
 */
export const http = (options: HttpOptions, fetcher: typeof fetch = fetch): Connector => {
  const { id, channel: way, url, token } = readOptions(options);
  return {
    id,
    channel: way,
    async send({ to, text, usage, idempotencyKey, signal }) {
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const body = JSON.stringify({ to, text, usage });
      const response = await fetcher(url, { method: 'POST', headers, body, signal, redirect: 'error' });
      await response.body?.cancel();
      if (!response.ok) throw refusal(response);
    },
  };
};
