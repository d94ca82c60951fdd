import type { ErrorCode } from '@countersign/core/errors';
import type { FlowKind } from '@countersign/core/flow';
import type { ProvedFactor } from '../store/rows.ts';

/** What the decision looks at; nothing else may matter. */
export interface Facts {
  kind: FlowKind;
  /** The factor that the host named; null for any. */
  requested: string | null;
  /** Factors that are on, in the operator's order. */
  configured: readonly string[];
  /** Factors that the user holds. */
  held: readonly { id: string; type: string; lastUsedAt: number | null }[];
  /** Factors proved in this flow. */
  proved: readonly ProvedFactor[];
}

/** The step that comes next. */
export type Decision =
  | { step: 'choose-factor'; mode: 'setup' | 'verify'; notice: ErrorCode | null }
  | { step: 'setup-factor'; factor: string; notice: ErrorCode | null }
  | { step: 'verify-factor'; factorId: string }
  | { step: 'complete' };

/** The one last used to verify (binding is not use); else the only one; else the person chooses and nothing is sent. */
const verification = (factors: Facts['held']): Decision => {
  const used = factors.filter((factor) => factor.lastUsedAt !== null);
  const [last] = used.toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
  const [only, ...others] = factors;
  const factor = last ?? (others.length === 0 ? only : undefined);
  return factor
    ? { step: 'verify-factor', factorId: factor.id }
    : { step: 'choose-factor', mode: 'verify', notice: null };
};

const setup = ({ requested, configured }: Facts, notice: ErrorCode | null): Decision => {
  const [only, ...others] = configured;
  const factor = requested ?? (others.length === 0 ? only : undefined);
  return factor ? { step: 'setup-factor', factor, notice } : { step: 'choose-factor', mode: 'setup', notice };
};

/**
 * What a flow asks next. `verify` wants any held factor, or a first one where none is held; `setup` wants a held factor
 * before a new one may be bound, so that a stolen first factor alone can't add a phone.
 */
export const decide = (facts: Facts): Decision => {
  const held = facts.held.filter(({ type }) => facts.configured.includes(type));
  const bound = facts.proved.some(({ by }) => by === 'bound');
  if (held.length > 0 && facts.proved.length === 0) return verification(held);
  if (facts.kind === 'setup' && !bound) return setup(facts, null);
  if (facts.proved.length === 0) return setup(facts, 'session.mfa.mfa_factor_not_enabled');
  return { step: 'complete' };
};
