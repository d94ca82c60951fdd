import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import type { Channel } from '@countersign/core/code-stage';
import { checkChannel, checkTyped, describeCode, openChannels, resendCode } from '../codes/codes.ts';
import type { Draft } from '../draft.ts';
import { enterNext, enterStep } from '../enter.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { refuseTaken } from '../primary/taken.ts';
import { type At, type Envelope, payload, type StepRules } from './rules.ts';

/** The ways to an address of each kind. */
const ways: Readonly<Record<'email' | 'phone', readonly Channel[]>> = {
  email: ['email'],
  phone: ['sms', 'voice', 'whatsapp'],
};

const open = (draft: Draft): Channel[] => openChannels(draft, ways[identifierOf(draft).type]);

const resend = async (draft: Draft, position: At<'enter-code'>, action: Envelope): Promise<void> => {
  const { channel = position.channel } = payload(engineActions.resend, action);
  checkChannel(open(draft), channel);
  await resendCode(draft, position.challengeId, channel);
  draft.flow.position = { ...position, channel };
};

const submit = async (draft: Draft, { challengeId }: At<'enter-code'>, action: Envelope): Promise<void> => {
  const { parts, flow } = draft;
  const { code } = payload(engineActions['submit-code'], action);
  await checkTyped(draft, challengeId, code);
  const identifier = identifierOf(draft);
  const owner = await parts.store.users.findByIdentifier(identifier.type, identifier.index);
  flow.identifier = { ...identifier, verifiedAt: parts.now() };
  if (flow.kind === 'sign-up') return owner ? refuseTaken(draft) : enterStep(draft, { name: 'set-password' });
  if (!owner) throw new CountersignError('verification_code.expired');
  flow.userId = owner.id;
  await enterNext(draft);
};

/** The code that proves the address of a sign-up or a reset. */
export const enterCode: StepRules<At<'enter-code'>> = {
  accepts: async () => ['submit-code', 'resend', 'back'],
  async act(draft, position, action) {
    switch (action.type) {
      case 'submit-code':
        return submit(draft, position, action);
      case 'resend':
        return resend(draft, position, action);
      case 'back':
        payload(engineActions.back, action);
        return enterStep(draft, { name: 'identify', notice: null });
      default:
        throw new CountersignError('flow.action_not_accepted', { path: 'type' });
    }
  },
  async show(draft, { name, challengeId }, base) {
    const { destination: target, ...code } = await describeCode(draft, challengeId);
    return {
      ...base,
      name,
      purpose: draft.flow.kind === 'sign-up' ? 'sign-up' : 'reset-password',
      ...code,
      target,
      channels: open(draft),
    };
  },
};
