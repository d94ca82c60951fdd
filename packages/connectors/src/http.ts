import { channel } from '@countersign/core/code-stage';
import { type Connector, SendError } from '@countersign/core/connector';
import * as v from 'valibot';
import { endpointUrl, readOptions, reportsWith, retryAfterOf, secret } from './endpoint.ts';

const optionsSchema = v.strictObject({
  /** Unique among the connectors of a backend. */
  id: v.optional(v.string(), 'http'),
  channel,
  /** Messages are posted here; https, or this machine. */
  url: endpointUrl,
  /** Sent as `Authorization: Bearer …`. */
  token: v.optional(secret),
  /** Whoever posts reports of delivery bears it. Without one there are none. */
  reportToken: v.optional(secret),
});

/** Options of {@link http}. */
export type HttpOptions = v.InferInput<typeof optionsSchema>;

/** Only what the endpoint says it refused is a certain failure; after a 5xx the message may be on its way. */
const refusal = (response: Response): Error => {
  const { status } = response;
  if (status === 429) {
    return new SendError('throttled', 'the endpoint asks to wait', { retryAfter: retryAfterOf(response) });
  }
  if (status === 422) return new SendError('destination', 'the endpoint cannot reach this destination');
  if (status < 500) return new SendError('failed', `the endpoint refused the message with ${status}`);
  return new Error(`the endpoint failed with ${status}`);
};

/**
 * Posts `{to, text, usage}` as JSON to an endpoint of your own, with an `Idempotency-Key`. It answers 2xx when it took
 * the message, 422 when it cannot reach the destination, 429 with `Retry-After` to wait, another 4xx when it refused.
 */
export const http = (options: HttpOptions, fetcher: typeof fetch = fetch): Connector => {
  const { id, channel: way, url, token, reportToken } = readOptions('http', optionsSchema, options);
  return {
    id,
    channel: way,
    ...(reportToken !== undefined && { readReports: reportsWith(reportToken) }),
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
