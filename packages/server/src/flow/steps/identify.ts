import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import { type OwnKind, ownKind } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import * as v from 'valibot';
import { proofChannels } from '../../settings/available.ts';
import { identifiersFor } from '../begin.ts';
import { openCode } from '../codes/codes.ts';
import type { Draft } from '../draft.ts';
import { enterStep } from '../enter.ts';
import { readIdentifier, sealIdentifier } from '../primary/identifiers.ts';
import { signIn } from '../primary/sign-in.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

/** An own kind, since no other begins here. */
const kindOf = ({ flow }: Draft): OwnKind => v.parse(ownKind, flow.kind);

/** Whether who names themselves proves that by the password, rather than by a code. */
const takesPassword = ({ flow }: Draft): boolean => flow.kind === 'sign-in' || flow.kind === 'recover';

const allowed = (draft: Draft) => identifiersFor(draft.settings, kindOf(draft));

const checkType = (draft: Draft, { type }: Identifier): void => {
  if (!allowed(draft).includes(type)) throw new CountersignError('guard.invalid_input', { path: 'identifier.type' });
};

const orders = {
  'sign-up': { usage: 'Register', purpose: 'sign-up' },
  'reset-password': { usage: 'ForgotPassword', purpose: 'reset-password' },
} as const;

/** The same for addresses that somebody has as for others; which it is, is told only to who proves to own one. */
const proveAddress = async (draft: Draft, kind: keyof typeof orders, action: Envelope): Promise<void> => {
  const { parts, settings, flow } = draft;
  const { identifier } = payload({ identifier: engineActions.identify.identifier }, action);
  checkType(draft, identifier);
  const address = readIdentifier(identifier, settings.countries);
  flow.identifier = await sealIdentifier(parts, address);
  const challengeId = await openCode(draft, {
    ...orders[kind],
    channel: proofChannels[address.type],
    destination: address.value,
    subject: flow.id,
    factorId: null,
  });
  enterStep(draft, { name: 'enter-code', challengeId, channel: proofChannels[address.type] });
};

const nameUser = async (draft: Draft, action: Envelope): Promise<void> => {
  const { identifier, password } = payload(engineActions.identify, action);
  checkType(draft, identifier);
  draft.flow.identifier = await sealIdentifier(draft.parts, readIdentifier(identifier, 'all'));
  if (password === undefined) return enterStep(draft, { name: 'enter-password' });
  return signIn(draft, draft.flow.identifier, password);
};

/** Who is it? */
export const identify: StepRules<At<'identify'>> = {
  accepts: async () => ['identify'],
  async act(draft, _position, action) {
    const kind = kindOf(draft);
    return kind === 'sign-up' || kind === 'reset-password'
      ? proveAddress(draft, kind, action)
      : nameUser(draft, action);
  },
  async show(draft, { name, notice }, base) {
    const { countries } = draft.settings;
    return {
      ...base,
      name,
      identifiers: allowed(draft),
      password: takesPassword(draft),
      countries: countries === 'all' || takesPassword(draft) ? null : countries,
      notice,
    };
  },
};
