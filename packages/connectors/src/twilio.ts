import { type Connector, type DeliveryReport, SendError } from '@countersign/core/connector';
import * as v from 'valibot';
import { baseUrl, basicAuthorization, isSame, readJson, readOptions, retryAfterOf, secret } from './endpoint.ts';

const sid = (prefix: 'AC' | 'MG' | 'SK') =>
  v.pipe(
    v.string('must be a string'),
    v.regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`, 'u'), `must be ${prefix} and 32 hexadecimal digits`),
  );

const exactlyOne = (one: unknown, other: unknown): boolean => (one === undefined) !== (other === undefined);

const optionsSchema = v.pipe(
  v.strictObject({
    /** Unique among the connectors of a backend. */
    id: v.optional(v.string(), 'twilio'),
    /** The account that sends and pays. */
    accountSid: sid('AC'),
    /** Opens the whole account; for production Twilio advises an `apiKey`, which can be restricted and revoked. */
    authToken: v.optional(secret),
    /** Instead of `authToken`. */
    apiKey: v.optional(v.strictObject({ sid: sid('SK'), secret })),
    /** The sender: a number of the account in E.164, a short code, or a name where the country allows one. */
    from: v.optional(v.pipe(v.string('must be a string'), v.minLength(1, 'must not be empty'))),
    /** Instead of `from`: the service that picks the sender. */
    messagingServiceSid: v.optional(sid('MG')),
    /**
     * Asks Twilio to report what became of messages. `url`: the route of this connector as Twilio reaches it, such as
     * `https://app.example/api/v1/connectors/twilio/reports`; `authToken`: that of the account, which Twilio signs with
     * whatever messages are sent with. Without it there are no reports.
     */
    reports: v.optional(v.strictObject({ url: baseUrl, authToken: secret })),
    /** Where the API is; for an account in another region than US1, or a test. */
    baseUrl: v.optional(baseUrl, 'https://api.twilio.com'),
  }),
  v.check(({ authToken, apiKey }) => exactlyOne(authToken, apiKey), 'must have either authToken or apiKey'),
  v.check(
    ({ from, messagingServiceSid }) => exactlyOne(from, messagingServiceSid),
    'must have either from or messagingServiceSid',
  ),
);

/** Options of {@link twilio}. */
export type TwilioOptions = v.InferInput<typeof optionsSchema>;

const messageSchema = v.object({ sid: v.string(), status: v.string() });
const problemSchema = v.object({ code: v.number() });

/** 20429: too many requests at once; 21611: the queue of the sender is full. */
const throttling = new Set([20429, 21611]);

/**
 * What https://www.twilio.com/docs/api/errors says of `To`; codes are added now and then, and an unknown one says
 * nothing of the number. Not here are the numbers that a trial account has not verified (21608): they can be reached,
 * and it is for the operator to upgrade the account.
 */
const unreachable = new Set([
  21211, // not a valid number
  21214, // cannot be reached; documented for calls, as is the next
  21217, // does not appear to be valid
  21265, // a short code
  21266, // the sender itself
  21268, // a premium rate
  21408, // a region that the account may not send to
  21610, // has answered STOP
  21612, // no way there from this sender
  21614, // not a mobile number
  21635, // a landline
]);

/** Says the code and not Twilio's sentence, which holds the number in full. */
const refusal = (response: Response, answer: unknown): Error => {
  const { status } = response;
  const code = v.is(problemSchema, answer) ? answer.code : 0;
  const sentence = `Twilio answered with status ${status} and ${code === 0 ? 'no code' : `code ${code}`}`;
  if (status < 400 || status >= 500) return new Error(sentence);
  if (status === 429 || throttling.has(code)) {
    return new SendError('throttled', sentence, { retryAfter: retryAfterOf(response) });
  }
  return new SendError(unreachable.has(code) ? 'destination' : 'failed', sentence);
};

/** How Twilio calls the last word on a message; after any other status there is more to come. */
const lastWords: ReadonlyMap<string | undefined, DeliveryReport['delivery']> = new Map([
  ['delivered', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
]);

type Reports = NonNullable<v.InferOutput<typeof optionsSchema>['reports']>;

/** Where Twilio reports on a message. It knows the message by an id of its own, so ours stands in the address. */
const callbackUrl = ({ url }: Reports, idempotencyKey: string): string =>
  `${url}?message=${encodeURIComponent(idempotencyKey)}`;

/** The signature of https://www.twilio.com/docs/usage/security: over the address, and the fields sorted by name. */
const sign = async (authToken: string, url: string, fields: readonly [string, string][]): Promise<string> => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const sorted = fields.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', bytes(authToken), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, bytes(url + sorted.flat().join('')));
  return btoa(String.fromCodePoint(...new Uint8Array(signature)));
};

const readReports =
  (reports: Reports): NonNullable<Connector['readReports']> =>
  async ({ headers, query, body }) => {
    const idempotencyKey = query.get('message') ?? '';
    const fields = [...new URLSearchParams(body)];
    const signature = await sign(reports.authToken, callbackUrl(reports, idempotencyKey), fields);
    if (!(await isSame(headers.get('x-twilio-signature') ?? '', signature))) return null;
    const delivery = lastWords.get(new Map(fields).get('MessageStatus'));
    return delivery ? [{ idempotencyKey, delivery }] : [];
  };

/**
 * Sends text messages with Twilio's Programmable Messaging. A message counts as sent when Twilio has queued it; the
 * idempotency key keeps no message from being sent twice, since the API has no such thing.
 */
export const twilio = (options: TwilioOptions, fetcher: typeof fetch = fetch): Connector => {
  const given = readOptions('twilio', optionsSchema, options);
  // The empty defaults are never used, as the schema has just seen to it.
  const { id, accountSid, authToken = '', apiKey = { sid: accountSid, secret: authToken } } = given;
  const { from, messagingServiceSid = '', reports } = given;
  const url = `${given.baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const headers = { authorization: basicAuthorization(apiKey.sid, apiKey.secret) };
  const sender = from === undefined ? { MessagingServiceSid: messagingServiceSid } : { From: from };
  return {
    id,
    channel: 'sms',
    ...(reports && { readReports: readReports(reports) }),
    async send({ to, text, idempotencyKey, signal }) {
      const callback = reports && { StatusCallback: callbackUrl(reports, idempotencyKey) };
      const body = new URLSearchParams({ To: to, Body: text, ...sender, ...callback });
      const response = await fetcher(url, { method: 'POST', headers, body, signal, redirect: 'error' });
      const answer = await readJson(response);
      if (response.status !== 201 || !v.is(messageSchema, answer)) throw refusal(response, answer);
    },
  };
};
