import type { Channel } from '@countersign/core/code-stage';
import type { Connector } from '@countersign/core/connector';
import type { FactorServer } from '@countersign/core/factor';
import type { IdentifierType } from '@countersign/core/identifier';
import { isFault, parseSettings, type Settings, type SettingsFault } from './schema.ts';

/** What a backend was given, which settings can only choose from. */
export interface Available {
  factors: readonly FactorServer[];
  connectors: readonly Connector[];
  production: boolean;
}

/** The channel by which an address of each kind is proved. */
export const proofChannels: Readonly<Record<IdentifierType, Channel>> = { email: 'email', phone: 'sms' };

const checkFactors = ({ factors }: Settings, available: Available): SettingsFault | null => {
  const isServed = (channel: Channel): boolean => available.connectors.some((one) => one.channel === channel);
  for (const [index, type] of factors.entries()) {
    const fault = (message: string) => ({ path: `factors.${index}`, message, code: 'guard.invalid_input' }) as const;
    const factor = available.factors.find(({ contract }) => contract.type === type);
    if (!factor) return fault(`"${type}" is not among the factors given; add it to factors or take it out`);
    if (factors.indexOf(type) !== index) return fault(`"${type}" must not be named twice`);
    const [needed] = factor.channels;
    if (needed !== undefined && !isServed(needed)) {
      return fault(`"${type}" needs a connector for the channel "${needed}"; add one to connectors`);
    }
  }
  return null;
};

const checkBackup = ({ factors }: Settings, available: Available): SettingsFault | null => {
  const roles = available.factors.filter(({ contract }) => factors.includes(contract.type));
  if (roles.some(({ contract }) => contract.role === 'primary')) return null;
  const message = 'backup codes need another factor beside them';
  return { path: 'factors', message, code: 'sign_in_experiences.backup_code_cannot_be_enabled_alone' };
};

/** Where an address is proved by a code, something must be able to send one. */
const checkProofs =
  (key: 'signUp' | 'resetPassword') =>
  (settings: Settings, { connectors }: Available): SettingsFault | null => {
    for (const [index, type] of settings[key].identifiers.entries()) {
      const channel = proofChannels[type];
      if (connectors.some((one) => one.channel === channel)) continue;
      const message = `"${type}" needs a connector for the channel "${channel}"; add one to connectors`;
      return { path: `${key}.identifiers.${index}`, message, code: 'guard.invalid_input' };
    }
    return null;
  };

/** Settings that the backend can follow, or the first thing that is wrong with them. */
export const checkSettings = (value: unknown, available: Available): Settings | SettingsFault => {
  const settings = parseSettings(value, available.production);
  if (isFault(settings)) return settings;
  const faults = [checkFactors, checkBackup, checkProofs('signUp'), checkProofs('resetPassword')].map((check) =>
    check(settings, available),
  );
  return faults.find((fault) => fault !== null) ?? settings;
};
