import type { Channel } from '@countersign/core/code-stage';
import { CountersignError } from '@countersign/core/errors';
import type { SendError } from '@countersign/core/connector';
import { deliver, deliverUnseen } from '../../outbox/deliver.ts';
import type { OutboxMessage, Posted } from '../../outbox/message.ts';
import type { Parts } from '../../parts.ts';
import { isUnseen } from '../../sends/admit.ts';
import { writeMessage } from '../../texts/texts.ts';
import type { Draft, Outgoing } from '../draft.ts';
import { messageKey } from './challenge.ts';

/** The message of a code, in the language of the flow. */
export const codeMessage = ({ settings, flow }: Draft, outgoing: Outgoing): OutboxMessage => {
  const { challengeId: id, generation, channel, to, code, usage, sending } = outgoing;
  const host = flow.origin === null ? null : new URL(flow.origin).hostname;
  const expiresInMinutes = Math.ceil(settings.codes.lifeSeconds / 60);
  const variables = { appName: settings.appName, code, expiresInMinutes };
  const text = writeMessage({ usage, channel, locale: flow.locale, host, templates: settings.templates }, variables);
  const { identifier } = flow;
  const by = sending.by === 'known' ? 'known' : 'stranger';
  const owner = isUnseen(flow) && identifier ? ({ type: identifier.type, index: identifier.index, by } as const) : null;
  const { userId, id: flowId } = flow;
  return {
    channel,
    to,
    text,
    usage,
    idempotencyKey: messageKey({ id, generation }),
    userId,
    flowId,
    about: usage,
    code: { id, generation },
    owner,
  };
};

/** What the caller is told of a certain failure; never in the provider's words. */
export const refusal = (error: SendError, channel: Channel): CountersignError => {
  switch (error.kind) {
    case 'destination':
      return channel === 'email'
        ? new CountersignError('user.invalid_email', { path: 'email' }, { cause: error })
        : new CountersignError('user.invalid_phone', { path: 'phone' }, { cause: error });
    case 'throttled': {
      const details = { reason: 'provider', retryAfter: Math.max(1, Math.ceil(error.retryAfter)) } as const;
      return new CountersignError('connector.rate_limit_exceeded', details, { cause: error });
    }
    case 'failed':
      return new CountersignError('connector.general', {}, { cause: error });
  }
};

/**
 * Sends a message whose code is committed. Null when it is, or may be, on its way, and where that must not show; the
 * refusal where the provider certainly did not take it: then no wait runs.
 */
export const send = async (parts: Parts, posted: Posted): Promise<CountersignError | null> => {
  const { owner, channel } = posted.message;
  if (owner !== null) {
    deliverUnseen(parts, posted);
    return null;
  }
  const outcome = await deliver(parts, posted);
  return outcome.delivery === 'failed' ? refusal(outcome.error, channel) : null;
};
