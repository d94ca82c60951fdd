import { CountersignError } from '@countersign/core/errors';
import type { OwnKind } from '@countersign/core/flow';
import type { IdentifierType } from '@countersign/core/identifier';
import { randomId, randomToken } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import type { Settings } from '../settings/schema.ts';
import type { FlowRow } from '../store/rows.ts';
import { idleLife } from './find.ts';
import { insertFlow, newFlow } from './new-flow.ts';
import type { Opener } from './opener.ts';

/** The part of the settings that says who may begin a kind. */
const partOf = {
  'sign-up': 'signUp',
  'sign-in': 'signIn',
  'reset-password': 'resetPassword',
  recover: 'signIn',
} as const;

/** What names the user in a flow of this kind, the preferred first. */
export const identifiersFor = (settings: Settings, kind: OwnKind): readonly IdentifierType[] =>
  settings[partOf[kind]].identifiers;

/** Begins a sign-up, sign-in or reset; `guard.invalid_input` where the settings name nothing that users are known by. */
export const begin = async (
  parts: Parts,
  { kind, addressBlock: _block, ...opener }: Opener & { kind: OwnKind },
): Promise<{ flow: FlowRow; token: string }> => {
  if (identifiersFor(await parts.settings.read(), kind).length === 0)
    throw new CountersignError('guard.invalid_input', { path: 'kind' });
  const token = randomToken(parts.random);
  const tokenHash = await hashToken(token);
  const position = { name: 'identify', id: randomId(parts.random, 'stp'), notice: null } as const;
  const idleAt = parts.now() + idleLife;
  const flow = newFlow(parts, { kind, tokenHash, ...opener, position, idleAt });
  await insertFlow(parts, flow);
  return { flow, token };
};
