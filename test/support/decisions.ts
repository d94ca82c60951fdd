import type { decide, Facts } from '../../packages/server/src/flow/decide.ts';

/** A factor that is held and can be used. */
type Held = Facts['usable'][number];

export const held = (type: string, part: Partial<Held> = {}): Held => ({
  id: type,
  type,
  lastUsedAt: null,
  source: 'bound',
  ...part,
});
export const phone = (part: Partial<Held> = {}) => held('sms', part);
export const proved = (by: Facts['proved'][number]['by'], type = 'sms') => [{ type, factorId: type, by }];
export const on = (...types: string[]): Facts['configured'] =>
  types.map((type) => ({
    type,
    role: type === 'codes' ? 'backup' : 'primary',
    ...(type === 'passkey' && { isPreferred: true }),
  }));

export const facts = (part: Partial<Facts>): Facts => ({
  kind: 'verify',
  requested: null,
  configured: on('sms'),
  preferPasskey: true,
  usable: [],
  locked: false,
  proved: [],
  policy: { mode: 'mandatory' },
  mfaEnabled: false,
  skipped: [],
  open: (part.usable ?? []).map(({ id }) => id),
  defaultFactor: null,
  trusted: false,
  firstFactor: true,
  isStepUp: false,
  ...part,
});

export const notice = 'session.mfa.mfa_factor_not_enabled';
export const optional = (prompt: 'sign-in-and-sign-up' | 'sign-in' | 'never') => ({
  policy: { mode: 'optional', prompt } as const,
});
export const complete = { step: 'complete' } as const;
export const turnOn = { step: 'turn-on' } as const;
export const setUp = (factor: string, why: typeof notice | null = null) =>
  ({ step: 'setup-factor', factor, notice: why }) as const;
export const verify = (factorId: string) => ({ step: 'verify-factor', factorId }) as const;
export const saveCodes = { step: 'save-backup-codes', factor: 'codes' } as const;
export const list = (mode: 'setup' | 'verify', part: { suggestion?: boolean; notice?: typeof notice } = {}) =>
  ({ step: 'choose-factor', mode, suggestion: false, notice: null, ...part }) as const;

/** A case: its title, what differs from nothing being held, and what must come out. */
export type Row = [string, Partial<Facts>, ReturnType<typeof decide>];
