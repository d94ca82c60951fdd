import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import { proofChannels } from '../../settings/available.ts';
import { openCode } from '../codes/codes.ts';
import type { Draft } from '../draft.ts';
import { enterStep } from '../enter.ts';
import { readIdentifier, sealIdentifier } from '../primary/identifiers.ts';
import { signIn } from '../primary/sign-in.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

const allowed = ({ settings, flow }: Draft) =>
  flow.kind === 'sign-up' ? settings.signUp.identifiers : settings.signIn.identifiers;

const checkType = (draft: Draft, { type }: Identifier): void => {
  if (!allowed(draft).includes(type)) throw new CountersignError('guard.invalid_input', { path: 'identifier.type' });
};

/** The same for addresses that somebody has already; that is told only to who proves to own one. */
const proveAddress = async (draft: Draft, action: Envelope): Promise<void> => {
  const { parts, settings, flow } = draft;
  const { identifier } = payload({ identifier: engineActions.identify.identifier }, action);
  checkType(draft, identifier);
  const address = readIdentifier(identifier, settings.countries);
  flow.identifier = await sealIdentifier(parts, address);
  const challengeId = await openCode(draft, {
    channel: proofChannels[address.type],
    destination: address.value,
    usage: 'Register',
    purpose: 'sign-up',
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
  act: (draft, _position, action) =>
    draft.flow.kind === 'sign-up' ? proveAddress(draft, action) : nameUser(draft, action),
  async show(draft, { name, notice }, base) {
    const { countries } = draft.settings;
    return {
      ...base,
      name,
      identifiers: allowed(draft),
      password: draft.flow.kind === 'sign-in',
      countries: countries === 'all' || draft.flow.kind === 'sign-in' ? null : countries,
      notice,
    };
  },
};
