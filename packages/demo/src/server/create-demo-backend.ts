import { simulator, type SimulatorOptions } from '@countersign/connectors/simulator';
import type { SettingsInput } from '@countersign/server';
import { createNodeBackend, type NodeBackend } from '@countersign/server/node';
import type { Environment } from './environment.ts';

/** Everybody may sign up, by mail or by phone, and must have a second factor, which a trusted browser spares them. */
export const demoSettings: SettingsInput = {
  appName: 'Harbor',
  signUp: { identifiers: ['email', 'phone'] },
  resetPassword: { identifiers: ['email', 'phone'] },
  acknowledgeWarnings: ['mfa.forgot_password_weakens_sms', 'mfa.forgot_password_weakens_email'],
  trustedDevices: { days: 30 },
  factors: ['sms', 'totp', 'backup-codes'],
  policy: { mode: 'mandatory' },
  countries: 'all',
};

/** The real backend; only its messages go to the phone on the page instead of to people. */
export const createDemoBackend = async (
  { origin, dataDir, keys, administrator }: Environment,
  inbox: SimulatorOptions['inbox'],
): Promise<NodeBackend> =>
  createNodeBackend({
    dataDir,
    keys,
    connectors: (['sms', 'voice', 'whatsapp', 'email'] as const).map((channel) => simulator({ channel, inbox })),
    settings: demoSettings,
    origins: [origin],
    administrators: administrator ? [{ keyHash: administrator, scopes: ['users:write'], expiresAt: null }] : [],
    environment: 'development',
  });
