import type { IdentifierType } from '@countersign/core/identifier';
import { type Available, proofChannels } from './available.ts';
import type { Settings, SettingsFault } from './schema.ts';

/** Whether a code to an address of this kind signs in. */
const signsIn = ({ signIn }: Settings, type: IdentifierType): boolean =>
  signIn.methods.includes('code') && signIn.identifiers.includes(type);

const codes = {
  email: {
    factor: 'sign_in_experiences.email_verification_code_cannot_be_used_for_mfa',
    method: 'sign_in_experiences.email_verification_code_cannot_be_used_for_sign_in',
  },
  phone: {
    factor: 'sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa',
    method: 'sign_in_experiences.phone_verification_code_cannot_be_used_for_sign_in',
  },
} as const;

/**
 * A code that signs in is no second factor. Which of the two is refused is the one that is being added: with `before`,
 * the settings that are replaced, the code of the refusal says what the operator has just changed.
 */
export const checkExclusive = (
  settings: Settings,
  available: Available,
  before: Settings | null,
): SettingsFault | null => {
  for (const type of settings.signIn.identifiers.filter((one) => signsIn(settings, one))) {
    const index = settings.factors.findIndex((name) =>
      available.factors.some(({ contract, channels }) => contract.type === name && channels[0] === proofChannels[type]),
    );
    const name = settings.factors[index];
    if (name === undefined) continue;
    const message = `a code sent to the ${type} cannot both sign in and be the factor "${name}"; take one of them out`;
    if (before !== null && signsIn(before, type))
      return { path: `factors.${index}`, message, code: codes[type].factor };
    return { path: `signIn.methods.${settings.signIn.methods.indexOf('code')}`, message, code: codes[type].method };
  }
  return null;
};
