import type { Connector, DeliveryReport } from '@countersign/core/connector';
import { aboutUser } from '../events/happening.ts';
import { maskAddress } from '../events/mask-address.ts';
import { record } from '../events/record.ts';
import { awaitsReport, codeOfKey, destinationOf } from '../flow/codes/challenge.ts';
import type { Parts } from '../parts.ts';
import { isOfUser } from '../sends/who-asks.ts';
import { connectorFor } from './hand.ts';

/**
 * Takes a provider's last word on a message of its own connector. It is noted with the code that the message carried,
 * and ends the wait for the next one where it says "failed"; whether that code is right, how often it was tried and when
 * it expires is left as it was. Nothing comes of a word on any other message, or of a second one on the same.
 */
export const takeReport = async (
  parts: Parts,
  connector: Connector,
  { idempotencyKey, delivery }: DeliveryReport,
): Promise<void> => {
  const code = codeOfKey(idempotencyKey);
  const row = code && (await parts.store.challenges.find(code.id));
  if (!row || row.generation !== code.generation || !awaitsReport(row)) return;
  if (connectorFor(parts, row.channel) !== connector) return;
  const { usage, purpose, subject } = row;
  const target = maskAddress(await destinationOf(parts, row));
  const happening =
    delivery === 'failed'
      ? ({ type: 'code-failed', target, reason: `${usage}: undelivered` } as const)
      : ({ type: 'code-delivered', target, reason: usage } as const);
  const note = { type: 'note-delivery', code, delivery, retryAt: null } as const;
  await record(parts, { writes: [note], happened: [happening] }, aboutUser(isOfUser(purpose) ? subject : null));
};
