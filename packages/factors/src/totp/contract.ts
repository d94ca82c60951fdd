import { typedCode } from '@countersign/core/code-stage';
import type { FactorContract } from '@countersign/core/contract';
import * as v from 'valibot';

const submitCode = { 'submit-code': { code: typedCode } };

/** An authenticator app: it is given a key, and from then on both sides can tell which code belongs to a moment. */
export const totpContract = {
  type: 'totp',
  role: 'primary',
  setup: {
    key: {
      carries: {
        /** The key in base 32, in groups of four, for typing it into an app. */
        secret: v.string(),
        /** The same for an app to open or to scan (`otpauth://totp/…`). */
        uri: v.string(),
      },
      accepts: submitCode,
    },
  },
  verify: {
    code: {
      carries: {},
      accepts: submitCode,
    },
  },
} as const satisfies FactorContract;

/** The type of {@link totpContract}, which is all that browser code imports of it. */
export type TotpContract = typeof totpContract;
