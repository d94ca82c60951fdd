import { codeStages } from '@countersign/core/code-stage';
import type { FactorContract } from '@countersign/core/contract';
import * as v from 'valibot';

/** The ways a code reaches a phone. */
export const phoneChannel = v.picklist(['sms', 'voice', 'whatsapp']);

const { setup, verify } = codeStages({ channel: v.optional(phoneChannel) });

/** SMS (with voice or WhatsApp where a connector has them): first the number, then the code that was sent to it. */
export const smsContract = {
  type: 'sms',
  role: 'primary',
  setup: {
    phone: {
      carries: {
        /** ISO 3166-1 alpha-2 of the regions that can be written to; null for all. */
        countries: v.nullable(v.array(v.string())),
        /** Version of the consent text that binding records; null where the operator asks for none. */
        consentVersion: v.nullable(v.string()),
        /** A number in E.164 that the host knows, and nobody has proved; null where there is none. */
        prefill: v.nullable(v.string()),
      },
      accepts: {
        'submit-phone': {
          phone: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
          channel: v.optional(phoneChannel),
        },
      },
    },
    code: setup,
  },
  verify: { code: verify },
} as const satisfies FactorContract;

/** The type of {@link smsContract}, which is all that browser code imports of it. */
export type SmsContract = typeof smsContract;
