import type { Channel } from '@countersign/core/code-stage';
import type { IdentifierType } from '@countersign/core/identifier';
import { type Available, proofChannels } from './available.ts';
import { checkExclusive } from './exclusive.ts';
import { isFault, parseSettings, type Settings, type SettingsFault } from './schema.ts';
import { weakResets } from './warnings.ts';

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

/** A code has to reach every address that is to be proved by one. */
const checkServed = (path: string, types: readonly IdentifierType[], { connectors }: Available) => {
  for (const [index, type] of types.entries()) {
    const channel = proofChannels[type];
    if (connectors.some((one) => one.channel === channel)) continue;
    const message = `"${type}" needs a connector for the channel "${channel}"; add one to connectors`;
    return { path: `${path}.${index}`, message, code: 'guard.invalid_input' } as const;
  }
  return null;
};

const checkAddresses = ({ signUp, signIn, resetPassword }: Settings, available: Available): SettingsFault | null =>
  checkServed('signUp.identifiers', signUp.identifiers, available) ??
  checkServed('resetPassword.identifiers', resetPassword.identifiers, available) ??
  (signIn.methods.includes('code') ? checkServed('signIn.identifiers', signIn.identifiers, available) : null);

/** A setting that nothing follows would only seem to do something. */
const checkPasswords = ({ signIn, resetPassword }: Settings): SettingsFault | null => {
  if (resetPassword.identifiers.length === 0 || signIn.methods.includes('password')) return null;
  const message =
    'nobody signs in with a password that could be reset; add "password" to signIn.methods or leave it empty';
  return { path: 'resetPassword.identifiers', message, code: 'guard.invalid_input' };
};

const checkBudget = ({ sends: { budget } }: Settings, { knowsPrices }: Available): SettingsFault | null => {
  const key = (['moneyPerHour', 'moneyPerDay'] as const).find((name) => budget[name] !== undefined);
  if (key === undefined || knowsPrices) return null;
  const message = 'nobody says what a message costs; give the backend priceOf, or leave it out';
  return { path: `sends.budget.${key}`, message, code: 'guard.invalid_input' };
};

const checkResets = (settings: Settings, available: Available): SettingsFault | null =>
  weakResets(settings, available).find(({ code }) =>
    settings.acknowledgeWarnings.every((acknowledged) => acknowledged !== code),
  ) ?? null;

/** Settings that the backend can follow, or the first thing that is wrong with them; `before` is what they replace. */
export const checkSettings = (
  value: unknown,
  available: Available,
  before: Settings | null = null,
): Settings | SettingsFault => {
  const settings = parseSettings(value, available.production);
  if (isFault(settings)) return settings;
  const checks = [checkFactors, checkBackup, checkAddresses, checkExclusive, checkPasswords, checkBudget, checkResets];
  const faults = checks.map((check) => check(settings, available, before));
  return faults.find((fault) => fault !== null) ?? settings;
};
