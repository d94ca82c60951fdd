import { CountersignError } from '@countersign/core/errors';
import { engineActions, type OwnKind, ownKind } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import * as v from 'valibot';
import { identifiersFor } from '../begin.ts';
import type { Draft } from '../draft.ts';
import { enterStep } from '../enter.ts';
import { proveAddress } from '../primary/address-code.ts';
import { readIdentifier, sealIdentifier } from '../primary/identifiers.ts';
import { methodsOf } from '../primary/methods.ts';
import { signIn } from '../primary/sign-in.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

/** An own kind, since no other begins here. */
const kindOf = ({ flow }: Draft): OwnKind => v.parse(ownKind, flow.kind);

const allowed = (draft: Draft) => identifiersFor(draft.settings, kindOf(draft));

const checkType = (draft: Draft, { type }: Identifier): void => {
  if (!allowed(draft).includes(type)) throw new CountersignError('guard.invalid_input', { path: 'identifier.type' });
};

const readNamed = (draft: Draft, action: Envelope): { identifier: Identifier; password?: string | undefined } => {
  const { identify: entries } = engineActions;
  if (methodsOf(draft).includes('password')) return payload(entries, action);
  return payload({ identifier: entries.identifier }, action);
};

const nameUser = async (draft: Draft, action: Envelope): Promise<void> => {
  const { identifier, password } = readNamed(draft, action);
  checkType(draft, identifier);
  if (password === undefined && methodsOf(draft)[0] === 'code') {
    return enterStep(draft, await proveAddress(draft, identifier));
  }
  const named = await sealIdentifier(draft.parts, readIdentifier(identifier, null));
  draft.flow.identifier = named;
  if (password === undefined) return enterStep(draft, { name: 'enter-password' });
  return signIn(draft, named, password);
};

/** Who is it? */
export const identify: StepRules<At<'identify'>> = {
  accepts: async () => ['identify'],
  act: async (draft, _position, action) => nameUser(draft, action),
  async show(draft, { name, notice }, base) {
    const { countries } = draft.settings;
    const methods = methodsOf(draft);
    // Where nothing is sent at once, a number of any country may name a user.
    const listed = countries === 'all' || methods[0] === 'password' ? null : countries;
    return { ...base, name, identifiers: allowed(draft), methods, countries: listed, notice };
  },
};
