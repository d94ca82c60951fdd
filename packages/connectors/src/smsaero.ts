import { type Connector, SendError } from '@countersign/core/connector';
import * as v from 'valibot';
import { baseUrl, basicAuthorization, readJson, readOptions, retryAfterOf, secret } from './endpoint.ts';

const optionsSchema = v.strictObject({
  /** Unique among the connectors of a backend. */
  id: v.optional(v.string(), 'smsaero'),
  /** The address that the account signs in with. */
  email: v.pipe(v.string('must be a string'), v.email('must be an e-mail address')),
  /** A key of the account, made in its settings; not its password. */
  apiKey: secret,
  /** The sender's name, one that SMS Aero has approved for the account. */
  sign: v.pipe(v.string('must be a string'), v.minLength(1, 'must not be empty')),
  /** Where the gateway is; for one of its mirrors, such as `https://gate.smsaero.org`, or a test. */
  baseUrl: v.optional(baseUrl, 'https://gate.smsaero.ru'),
});

/** Options of {@link smsaero}. */
export type SmsAeroOptions = v.InferInput<typeof optionsSchema>;

const acceptedSchema = v.object({ success: v.literal(true) });

/** Status 200 may come with either; the second is an older form that the official clients still look for. */
const refusedSchema = v.union([
  v.object({ success: v.literal(false) }),
  v.object({ result: v.picklist(['reject', 'no credits']) }),
]);

const reasonSchema = v.object({ message: v.string() });

/** There are no error codes; what did not pass validation is a list of faults under the name of the field. */
const faultsSchema = v.object({ data: v.record(v.string(), v.array(v.string())) });

const refusal = (response: Response, answer: unknown): Error => {
  const { status } = response;
  const faulty = v.is(faultsSchema, answer) ? Object.keys(answer.data) : [];
  const reason = v.is(reasonSchema, answer) ? answer.message : 'no reason';
  const sentence = `SMS Aero answered with status ${status}: ${[reason, ...faulty].join(' ')}`;
  const isCertain = status < 400 ? v.is(refusedSchema, answer) : status < 500;
  if (!isCertain) return new Error(sentence);
  if (status === 429) return new SendError('throttled', sentence, { retryAfter: retryAfterOf(response) });
  return new SendError(faulty.includes('number') ? 'destination' : 'failed', sentence);
};

/**
 * Sends text messages with SMS Aero's gateway (version 2). It is asked once and at one address: the gateway has no
 * idempotency key, so a mirror asked after a lost answer could send the message again.
 */
export const smsaero = (options: SmsAeroOptions, fetcher: typeof fetch = fetch): Connector => {
  const { id, email, apiKey, sign, baseUrl: base } = readOptions('smsaero', optionsSchema, options);
  const headers = { 'content-type': 'application/json', authorization: basicAuthorization(email, apiKey) };
  return {
    id,
    channel: 'sms',
    async send({ to, text, signal }) {
      // The gateway takes GET too, but then number and code would stand in the address, which servers log.
      const body = JSON.stringify({ number: to.replace('+', ''), text, sign });
      const response = await fetcher(`${base}/v2/sms/send`, {
        method: 'POST',
        headers,
        body,
        signal,
        redirect: 'error',
      });
      const answer = await readJson(response);
      if (!response.ok || !v.is(acceptedSchema, answer)) throw refusal(response, answer);
    },
  };
};
