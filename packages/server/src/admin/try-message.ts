import type { Channel } from '@countersign/core/code-stage';
import { CountersignError } from '@countersign/core/errors';
import type { InferOutput } from 'valibot';
import { aboutUser } from '../events/happening.ts';
import { maskAddress } from '../events/mask-address.ts';
import { record } from '../events/record.ts';
import { redactText } from '../events/redact.ts';
import { refusal } from '../flow/codes/send.ts';
import { readIdentifier } from '../flow/primary/identifiers.ts';
import { hand } from '../outbox/hand.ts';
import type { Parts } from '../parts.ts';
import { judgeSending } from '../sends/guard.ts';
import { reachOf } from '../sends/number.ts';
import type { Settings } from '../settings/schema.ts';
import { writeMessage } from '../texts/texts.ts';
import type { tryMessageRequest } from './requests.ts';

/** A trial, checked. */
export type Trial = InferOutput<typeof tryMessageRequest>;

/** What was sent, and whether the provider has taken it. */
export interface TriedMessage {
  text: string;
  delivery: 'accepted' | 'unknown';
}

/** A trial is paid for like any message, so it counts as one to that number. */
const takeSlots = async (
  parts: Parts,
  settings: Settings,
  { channel, to }: { channel: Channel; to: string },
): Promise<void> => {
  const now = parts.now();
  const index = await parts.vault.index(['destination', to]);
  const sending = {
    channel,
    to,
    index,
    by: 'operator',
    userId: null,
    addressBlock: '',
    browser: null,
    at: now,
  } as const;
  const { writes, stoppedUntil } = await judgeSending(parts, settings, sending);
  const committed = stoppedUntil === null ? await parts.store.changes.commit(writes) : null;
  if (committed?.done) return;
  const retryAt = committed?.lost === 'slot' ? committed.retryAt : (stoppedUntil ?? now);
  const retryAfter = Math.max(1, Math.ceil((retryAt - now) / 1000));
  throw new CountersignError('connector.rate_limit_exceeded', { reason: 'quota', retryAfter });
};

const textOf = (parts: Parts, settings: Settings, { usage, channel, locale }: Trial): string => {
  const { appName, templates, codes } = settings;
  const [origin] = parts.origins;
  const host = origin === undefined ? null : new URL(origin).hostname;
  const variables = { appName, code: '0'.repeat(codes.length), expiresInMinutes: Math.ceil(codes.lifeSeconds / 60) };
  return writeMessage({ usage, channel, locale, host, templates }, variables);
};

/**
 * Sends the text of a usage as a person would get it, through the connector that they would get it from. Its code is all
 * zeros and opens nothing. A refusal has the connector's own words as `detail`, since operators have to act on them.
 */
export const tryMessage = async (parts: Parts, trial: Trial): Promise<TriedMessage> => {
  const { usage, channel } = trial;
  const settings = await parts.settings.read();
  const isServed = parts.connectors.some((connector) => connector.channel === channel);
  if (!isServed) throw new CountersignError('guard.invalid_input', { path: 'channel' });
  const type = channel === 'email' ? 'email' : 'phone';
  const { value: to } = readIdentifier({ type, value: trial.to }, reachOf(settings), 'to');
  await takeSlots(parts, settings, { channel, to });
  const text = textOf(parts, settings, trial);
  const outcome = await hand(parts, channel, { to, text, usage, idempotencyKey: `trial-${parts.now()}-${usage}` });
  const happening = {
    type: 'message-tried',
    target: maskAddress(to),
    reason: `${usage}: ${outcome.delivery}`,
  } as const;
  await record(parts, { happened: [happening] }, aboutUser(null));
  if (outcome.delivery !== 'failed') return { text, delivery: outcome.delivery };
  const { code, details } = refusal(outcome.error, channel);
  throw new CountersignError(code, { ...details, detail: redactText(outcome.error.message) }, { cause: outcome.error });
};
