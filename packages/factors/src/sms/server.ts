import { codeFactor, type CodeFactorState } from '@countersign/core/code-factor';
import type { FactorContext, FactorServer } from '@countersign/core/factor';
import { maskPhone } from '@countersign/core/mask';
import { isReachable, readPhone } from '@countersign/core/phone';
import metadata from 'libphonenumber-js/max/metadata';
import { phoneChannel, smsContract, type SmsContract } from './contract.ts';

/** Options of {@link sms}. */
export interface SmsOptions {
  /** Version of the consent text shown beside the phone field; kept with the binding. Default: none. */
  consentVersion?: string | null;
}

/** The number in E.164; null when the operator does not write to it. */
const read = (typed: string, context: FactorContext): string | null => {
  const phone = readPhone(typed, { metadata });
  return phone !== null && isReachable(phone, context) ? phone.e164 : null;
};

/** A code in a text message as a factor; a user may hold several numbers. */
export const sms = ({ consentVersion = null }: SmsOptions = {}): FactorServer<
  SmsContract,
  CodeFactorState<'phone'>
> => {
  const { shared, suggest, submitAddress, act, presentCode } = codeFactor({
    address: 'phone',
    channels: phoneChannel.options,
    read,
    mask: maskPhone,
    keep: (isTyped) => ({ consentVersion: isTyped ? consentVersion : null }),
  });
  return {
    ...shared,
    contract: smsContract,
    amr: ['sms'],

    async act(context, current, action) {
      if (action.type !== 'submit-phone') return act(context, current, action);
      return submitAddress(context, { typed: action.phone, channel: action.channel });
    },

    async present(context, current) {
      if (current.stage === 'code') return presentCode(context.codes, current);
      const countries = context.countries === 'all' ? null : [...context.countries];
      return { stage: 'phone', countries, consentVersion, prefill: await suggest(context) };
    },
  };
};
