import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import { basicOf, pretendProvider, type Answer } from './provider.ts';

export const account = { accountSid: `AC${'0a'.repeat(16)}`, authToken: 'f4nCyT0k3n' };
export const apiKey = { sid: `SK${'1b'.repeat(16)}`, secret: 's3cr3tK3y' };
export const serviceSid = `MG${'2c'.repeat(16)}`;

/** Numbers that Twilio refuses from everybody who uses test credentials, each with its own code. */
export const magicNumbers: Record<string, number> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

/** An error as Twilio words it, with the number in the sentence. */
export const twilioError = (status: number, code: number, headers?: Record<string, string>): Answer => ({
  status,
  ...(headers && { headers }),
  body: {
    code,
    message: `The 'To' number +31612345678 is not welcome with ${account.authToken}.`,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  },
});

/** `X-Twilio-Signature` of a request: https://www.twilio.com/docs/usage/security. */
export const twilioSignature = (authToken: string, url: string, fields: Readonly<Record<string, string>>): string => {
  const names = Object.keys(fields).toSorted();
  return createHmac('sha1', authToken)
    .update(url + names.map((name) => name + fields[name]).join(''))
    .digest('base64');
};

const e164 = v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/u));
const common = {
  To: e164,
  Body: v.pipe(v.string(), v.minLength(1), v.maxLength(1600)),
  StatusCallback: v.optional(v.pipe(v.string(), v.url())),
};

const logins = [`${account.accountSid}:${account.authToken}`, `${apiKey.sid}:${apiKey.secret}`];

/** `POST Messages.json` of the API version 2010-04-01. */
export const twilioProvider = () =>
  pretendProvider({
    path: `/2010-04-01/Accounts/${account.accountSid}/Messages.json`,
    contentType: 'application/x-www-form-urlencoded',
    fields: v.union([
      v.strictObject({ ...common, From: v.pipe(v.string(), v.minLength(1)) }),
      v.strictObject({ ...common, MessagingServiceSid: v.literal(serviceSid) }),
    ]),
    answer({ To, Body, StatusCallback: _callback, ...sender }, headers) {
      if (!logins.includes(basicOf(headers))) return twilioError(401, 20003);
      const code = magicNumbers[To];
      if (code !== undefined) return twilioError(400, code);
      const status = 'From' in sender ? 'queued' : 'accepted';
      return { status: 201, body: { sid: `SM${'3d'.repeat(16)}`, status, to: To, body: Body, error_code: null } };
    },
  });
