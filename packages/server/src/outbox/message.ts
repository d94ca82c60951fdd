import { channel } from '@countersign/core/code-stage';
import { usages } from '@countersign/core/connector';
import { identifierType } from '@countersign/core/identifier';
import * as v from 'valibot';
import { randomId } from '../crypto/random.ts';
import type { Parts } from '../parts.ts';
import type { OutboxRow } from '../store/record.ts';
import type { Write } from '../store/store.ts';

const outboxMessage = v.strictObject({
  channel,
  to: v.string(),
  text: v.string(),
  usage: v.picklist(usages),
  /** The same for every attempt. */
  idempotencyKey: v.string(),
  /** Whom it is for and in which flow it was caused, for the record; null where nobody knows. */
  userId: v.nullable(v.string()),
  flowId: v.nullable(v.string()),
  /** What it is about, for the record: the usage of a code, or the type of a notice. */
  about: v.string(),
  /** The code that it carries; null for a notice. */
  code: v.nullable(v.strictObject({ id: v.string(), generation: v.number() })),
  /** The address whose owner alone is sent anything, and who asks for that; null where it is sent in any case. */
  owner: v.nullable(v.strictObject({ type: identifierType, index: v.string(), by: v.picklist(['stranger', 'known']) })),
});

/** A message that a commit promises. */
export type OutboxMessage = v.InferOutput<typeof outboxMessage>;

/** A message in the outbox. */
export interface Posted {
  row: OutboxRow;
  message: OutboxMessage;
}

const contextOf = (id: string): string[] => ['outbox', id];

/**
 * Milliseconds that whoever posts or takes a message has for it. Nobody else hands it over meanwhile, so it is longer
 * than any attempt takes.
 */
export const leaseLife = ({ sendTimeout }: Parts): number => sendTimeout + 30_000;

/** A message ready to be posted in a commit; whoever commits it has the first lease. */
export const prepare = async (parts: Parts, message: OutboxMessage): Promise<Posted> => {
  const id = randomId(parts.random, 'msg');
  const createdAt = parts.now();
  const sealed = await parts.vault.seal(JSON.stringify(message), contextOf(id));
  const leasedUntil = createdAt + leaseLife(parts);
  return { message, row: { id, createdAt, sealed, keyId: parts.vault.keyId, leasedUntil, attempts: 1 } };
};

/** The writes that post messages in a commit. */
export const posting = (posts: readonly Posted[]): Write[] => posts.map(({ row }) => ({ type: 'post', message: row }));

/** Throws where the row was changed, or sealed under another key. */
export const openPosted = async ({ vault }: Parts, row: OutboxRow): Promise<Posted> => {
  const message = v.parse(outboxMessage, JSON.parse(await vault.open(row.sealed, contextOf(row.id))));
  return { row, message };
};
