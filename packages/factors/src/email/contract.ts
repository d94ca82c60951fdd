import { codeStages } from '@countersign/core/code-stage';
import type { FactorContract } from '@countersign/core/contract';
import * as v from 'valibot';

const { setup, verify } = codeStages({});

/** E-mail: first the address, then the code that was sent to it. */
export const emailContract = {
  type: 'email',
  role: 'primary',
  setup: {
    email: {
      carries: {},
      accepts: { 'submit-email': { email: v.pipe(v.string(), v.minLength(1), v.maxLength(320)) } },
    },
    code: setup,
  },
  verify: { code: verify },
} as const satisfies FactorContract;

/** The type of {@link emailContract}, which is all that browser code imports of it. */
export type EmailContract = typeof emailContract;
