import type { Channel } from '@countersign/core/code-stage';
import { CountersignError } from '@countersign/core/errors';
import type { Message, SendError } from '@countersign/core/connector';
import { writeMessage } from '../../texts/texts.ts';
import type { Draft, Outgoing } from '../draft.ts';
import { findOwner } from '../primary/owner.ts';
import { hand } from './hand.ts';

/** The message of a code, in the language of the flow. */
const messageOf = ({ settings, flow }: Draft, outgoing: Outgoing): Omit<Message, 'signal'> => {
  // Phones offer the code to the site of the last line; mail programs would only show it.
  const host = flow.origin === null || outgoing.channel === 'email' ? null : new URL(flow.origin).hostname;
  const expiresInMinutes = Math.ceil(settings.codes.lifeSeconds / 60);
  const variables = { appName: settings.appName, code: outgoing.code, expiresInMinutes };
  const letter = { usage: outgoing.usage, locale: flow.locale, host, templates: settings.templates };
  const text = writeMessage(letter, variables);
  const idempotencyKey = `${outgoing.challengeId}-${outgoing.generation}`;
  return { to: outgoing.to, text, usage: outgoing.usage, idempotencyKey };
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
 * Sends a message whose code is committed, and notes what became of it. Null when it is, or may be, on its way; the
 * refusal where the provider certainly did not take it: then no wait runs.
 */
export const send = async (draft: Draft, outgoing: Outgoing): Promise<CountersignError | null> => {
  const { parts } = draft;
  const outcome = await hand(parts, outgoing.channel, messageOf(draft, outgoing));
  const code = { id: outgoing.challengeId, generation: outgoing.generation };
  if (outcome.delivery !== 'failed') {
    await parts.store.challenges.setDelivery(code, outcome.delivery, null);
    return null;
  }
  const { retryAfter } = outcome.error;
  const retryAt = retryAfter > 0 ? parts.now() + retryAfter * 1000 : null;
  await parts.store.challenges.setDelivery(code, 'failed', retryAt);
  return refusal(outcome.error, outgoing.channel);
};

/**
 * Sends where somebody has the address, while the answer goes out: whether, when and with what success a message was
 * sent must not show to who asked, since nobody has proved anything yet.
 */
export const sendUnseen = (draft: Draft, outgoing: Outgoing): void => {
  const { parts, flow } = draft;
  const sendIfKnown = async (): Promise<void> => {
    const owner = flow.identifier && (await findOwner(parts.store, flow.identifier));
    if (owner) await hand(parts, outgoing.channel, messageOf(draft, outgoing));
  };
  sendIfKnown().catch(parts.report);
};
