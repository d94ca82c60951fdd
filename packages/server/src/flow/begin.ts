import { CountersignError } from '@countersign/core/errors';
import type { OwnKind } from '@countersign/core/flow';
import { randomId, randomToken } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import type { FlowRow } from '../store/rows.ts';
import { idleLife } from './find.ts';
import { newFlow } from './new-flow.ts';

/** Who begins a flow without a host. */
export interface Beginner {
  kind: OwnKind;
  browserHash: string | null;
  origin: string | null;
  /** The browser's first language; empty where it names none. */
  locale: string;
}

/** Begins a sign-up or sign-in; `guard.invalid_input` where the settings name nothing that users are known by. */
export const begin = async (
  parts: Parts,
  { kind, browserHash, origin, locale }: Beginner,
): Promise<{ flow: FlowRow; token: string }> => {
  const settings = await parts.settings.read();
  const { identifiers } = kind === 'sign-up' ? settings.signUp : settings.signIn;
  if (identifiers.length === 0) throw new CountersignError('guard.invalid_input', { path: 'kind' });
  const token = randomToken(parts.random);
  const tokenHash = await hashToken(token);
  const position = { name: 'identify', id: randomId(parts.random, 'stp'), notice: null } as const;
  const idleAt = parts.now() + idleLife;
  const flow = newFlow(parts, { kind, tokenHash, browserHash, origin, locale, position, idleAt });
  await parts.store.flows.insert(flow);
  return { flow, token };
};
