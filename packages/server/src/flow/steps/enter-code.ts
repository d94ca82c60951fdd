import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import type { Channel } from '@countersign/core/code-stage';
import { checkChannel, checkTyped, describeCode, openChannels, resendCode } from '../codes/codes.ts';
import type { Draft } from '../draft.ts';
import { enterNext, enterStep } from '../enter.ts';
import { purposeOf } from '../primary/address-code.ts';
import { createUser } from '../primary/create-user.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { methodsOf } from '../primary/methods.ts';
import { findOwner } from '../primary/owner.ts';
import { refuseTaken } from '../primary/taken.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

/** The ways to an address of each kind. */
const ways: Readonly<Record<'email' | 'phone', readonly Channel[]>> = {
  email: ['email'],
  phone: ['sms', 'voice', 'whatsapp'],
};

/** What a code to an address of each kind shows (RFC 8176). */
const amrOf = { email: 'otp', phone: 'sms' } as const;

const open = (draft: Draft): Channel[] => openChannels(draft, ways[identifierOf(draft).type]);

const resend = async (draft: Draft, position: At<'enter-code'>, action: Envelope): Promise<void> => {
  const { channel = position.channel } = payload(engineActions.resend, action);
  checkChannel(open(draft), channel);
  await resendCode(draft, position.challengeId, channel);
  draft.flow.position = { ...position, channel };
};

const signUp = async (draft: Draft): Promise<void> => {
  const { parts, flow, settings } = draft;
  const identifier = identifierOf(draft);
  flow.identifier = { ...identifier, verifiedAt: parts.now() };
  if (await findOwner(parts.store, identifier)) return refuseTaken(draft);
  if (settings.signIn.methods.includes('password')) return enterStep(draft, { name: 'set-password' });
  createUser(draft, null, amrOf[identifier.type]);
  return enterNext(draft);
};

/** Nobody was sent a code who has no account, so that a right one for none is a lucky guess. */
const letIn = async (draft: Draft): Promise<void> => {
  const { parts, flow } = draft;
  const identifier = identifierOf(draft);
  const owner = await findOwner(parts.store, identifier);
  if (owner === null || (flow.userId !== null && flow.userId !== owner.id)) {
    throw new CountersignError('verification_code.expired');
  }
  flow.userId = owner.id;
  // Who resets a password has yet to show a first factor.
  if (flow.kind !== 'reset-password') flow.firstFactor = { amr: [amrOf[identifier.type]], at: parts.now() };
  return enterNext(draft);
};

const submit = async (draft: Draft, { challengeId }: At<'enter-code'>, action: Envelope): Promise<void> => {
  const { code } = payload(engineActions['submit-code'], action);
  // The operator has stopped letting people in by a code since this one was sent.
  if (!methodsOf(draft).includes('code')) throw new CountersignError('verification_code.expired');
  await checkTyped(draft, challengeId, code);
  return draft.flow.kind === 'sign-up' ? signUp(draft) : letIn(draft);
};

/** Whether the person is at their account, and no one but the one who has named themselves. */
const isNamed = ({ flow }: Draft): boolean => flow.sessionId === null;

/** The code that proves an address. */
export const enterCode: StepRules<At<'enter-code'>> = {
  accepts: async (draft) => [
    'submit-code',
    'resend',
    ...(isNamed(draft) && methodsOf(draft).includes('password') ? ['switch'] : []),
    ...(isNamed(draft) ? ['back'] : []),
  ],
  async act(draft, position, action) {
    switch (action.type) {
      case 'submit-code':
        return submit(draft, position, action);
      case 'resend':
        return resend(draft, position, action);
      case 'switch':
        payload(engineActions.switch, action);
        return enterStep(draft, { name: 'enter-password' });
      case 'back':
        payload(engineActions.back, action);
        return enterStep(draft, { name: 'identify', notice: null });
      default:
        throw new CountersignError('flow.action_not_accepted', { path: 'type' });
    }
  },
  async show(draft, { name, challengeId }, base) {
    const { destination: target, ...code } = await describeCode(draft, challengeId);
    return { ...base, name, purpose: purposeOf(draft), ...code, target, channels: open(draft) };
  },
};
