import { codeFactor, type CodeFactorState } from '@countersign/core/code-factor';
import { readEmail } from '@countersign/core/email';
import type { FactorServer } from '@countersign/core/factor';
import { maskEmail } from '@countersign/core/mask';
import { emailContract, type EmailContract } from './contract.ts';

const { shared, submitAddress, act, presentCode } = codeFactor({
  address: 'email',
  channels: ['email'],
  read: readEmail,
  mask: maskEmail,
});

/** A code in an e-mail as a factor; a user may hold several addresses. */
export const email = (): FactorServer<EmailContract, CodeFactorState<'email'>> => ({
  ...shared,
  contract: emailContract,
  // RFC 8176 has no name for mail; what is proved is a code that serves once.
  amr: ['otp'],

  async act(context, current, action) {
    if (action.type !== 'submit-email') return act(context, current, action);
    return submitAddress(context, { typed: action.email });
  },

  async present({ codes }, current) {
    return current.stage === 'code' ? presentCode(codes, current) : { stage: 'email' };
  },
});
