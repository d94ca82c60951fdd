import * as v from 'valibot';
import { basicOf, pretendProvider, type Answer } from './provider.ts';

export const account = { email: 'ops@example.org', apiKey: 'k3y-0f-th3_acc0unt', sign: 'Acme' };

/** A refusal as the gateway words it; faults are listed under the name of the field. */
export const smsAeroError = (status: number, message: string, data: object | null = null): Answer => ({
  status,
  body: { success: false, data, message },
});

/** Validation refuses a number in this range, which no operator has. */
export const nobody = '+70000000000';

/** `POST /v2/sms/send` of the gateway. */
export const smsAeroProvider = () =>
  pretendProvider({
    path: '/v2/sms/send',
    contentType: 'application/json',
    fields: v.strictObject({
      number: v.pipe(v.string(), v.regex(/^[1-9]\d{6,14}$/u)),
      text: v.pipe(v.string(), v.minLength(2), v.maxLength(640)),
      sign: v.pipe(v.string(), v.minLength(1)),
    }),
    answer({ number, text, sign }, headers) {
      if (basicOf(headers) !== `${account.email}:${account.apiKey}`) {
        return smsAeroError(401, 'Your request was made with invalid credentials.');
      }
      if (number === nobody.slice(1)) return smsAeroError(400, 'Validation error.', { number: ['incorrect'] });
      if (sign !== account.sign) return smsAeroError(400, 'Validation error.', { sign: ['incorrect'] });
      const data = { id: 5, from: sign, number, text, status: 0, extendStatus: 'queue', channel: 'DIRECT', cost: 2.2 };
      return { status: 200, body: { success: true, data, message: null } };
    },
  });
