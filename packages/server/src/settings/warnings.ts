import type { FactorServer } from '@countersign/core/factor';
import { type Available, proofChannels } from './available.ts';
import type { Settings } from './schema.ts';

/** Something that settings may say but that weakens them; told with every answer that carries the settings. */
export interface SettingsWarning {
  code: 'mfa.only_sms' | 'mfa.forgot_password_weakens_sms' | 'mfa.forgot_password_weakens_email';
  /** Dotted. */
  path: string;
  /** One sentence for operators. */
  message: string;
}

/** The factors that are on, with what is known of each. */
export const switchedOn = ({ factors }: Settings, available: Available): FactorServer[] =>
  factors.flatMap((type) => available.factors.find(({ contract }) => contract.type === type) ?? []);

const resetCodes = { email: 'mfa.forgot_password_weakens_email', phone: 'mfa.forgot_password_weakens_sms' } as const;

/** Whoever reads the messages of an address gets past the password and past the factor. */
export const weakResets = (
  settings: Settings,
  available: Available,
): (SettingsWarning & { code: (typeof resetCodes)[keyof typeof resetCodes] })[] =>
  settings.resetPassword.identifiers.flatMap((type, index) => {
    const factor = switchedOn(settings, available).find(({ channels }) => channels[0] === proofChannels[type]);
    if (!factor) return [];
    const message = `a password that is reset by ${type} leaves "${factor.contract.type}" as no second factor`;
    return [{ code: resetCodes[type], path: `resetPassword.identifiers.${index}`, message }];
  });

const onlySms = (settings: Settings, available: Available): SettingsWarning[] => {
  const primary = switchedOn(settings, available).filter(({ contract }) => contract.role === 'primary');
  if (primary.length !== 1 || primary[0]?.channels[0] !== 'sms') return [];
  const message = 'text messages are the only second factor; offer another beside them, such as a passkey';
  return [{ code: 'mfa.only_sms', path: 'factors', message }];
};

/** All that is to be said about settings that are allowed, acknowledged or not. */
export const warningsOf = (settings: Settings, available: Available): SettingsWarning[] => [
  ...onlySms(settings, available),
  ...weakResets(settings, available),
];
