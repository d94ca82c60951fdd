import { CountersignError } from '@countersign/core/errors';
import { type Connector, SendError } from '@countersign/core/connector';
import { writeMessage } from '../../texts/texts.ts';
import type { Draft, Outgoing } from '../draft.ts';

type Outcome = { delivery: 'accepted' } | { delivery: 'unknown' } | { delivery: 'failed'; error: SendError };

/** A connector that ignores its signal must not hold the answer up either. */
const within = async (milliseconds: number, send: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const timer = setTimeout(() => controller.abort(new Error('the connector took too long')), milliseconds);
  try {
    await Promise.race([send(signal), late]);
  } finally {
    clearTimeout(timer);
  }
};

const hand = async ({ parts, settings, flow }: Draft, connector: Connector, outgoing: Outgoing): Promise<Outcome> => {
  // Phones offer the code to the site of the last line; mail programs would only show it.
  const host = flow.origin === null || outgoing.channel === 'email' ? null : new URL(flow.origin).hostname;
  const expiresInMinutes = Math.ceil(settings.codes.lifeSeconds / 60);
  const variables = { appName: settings.appName, code: outgoing.code, expiresInMinutes };
  const letter = { usage: outgoing.usage, locale: flow.locale, host, templates: settings.templates };
  const text = writeMessage(letter, variables);
  const idempotencyKey = `${outgoing.challengeId}-${outgoing.generation}`;
  const message = { to: outgoing.to, text, usage: outgoing.usage, idempotencyKey };
  try {
    await within(parts.sendTimeout, (signal) => connector.send({ ...message, signal }));
    return { delivery: 'accepted' };
  } catch (error) {
    parts.report(error);
    return error instanceof SendError ? { delivery: 'failed', error } : { delivery: 'unknown' };
  }
};

/** What the caller is told of a certain failure; never in the provider's words. */
const refusal = (error: SendError, { channel }: Outgoing): CountersignError => {
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
  const connector = parts.connectors.find(({ channel }) => channel === outgoing.channel);
  if (!connector) throw new Error(`no connector serves the channel "${outgoing.channel}"`);
  const outcome = await hand(draft, connector, outgoing);
  const code = { id: outgoing.challengeId, generation: outgoing.generation };
  if (outcome.delivery !== 'failed') {
    await parts.store.challenges.setDelivery(code, outcome.delivery, null);
    return null;
  }
  const { retryAfter } = outcome.error;
  const retryAt = retryAfter > 0 ? parts.now() + retryAfter * 1000 : null;
  await parts.store.challenges.setDelivery(code, 'failed', retryAt);
  return refusal(outcome.error, outgoing);
};
