import type { Channel } from '@countersign/core/code-stage';
import { type Connector, type Message, SendError } from '@countersign/core/connector';
import { within } from '../deadline.ts';
import type { Parts } from '../parts.ts';

/** What became of a message: taken, certainly not taken, or nobody knows. */
export type Outcome = { delivery: 'accepted' } | { delivery: 'unknown' } | { delivery: 'failed'; error: SendError };

/** Who sends by a channel; undefined where nobody does. */
export const connectorFor = ({ connectors }: Pick<Parts, 'connectors'>, channel: Channel): Connector | undefined =>
  connectors.find((one) => one.channel === channel);

/** Hands a message to the connector of its channel; what goes wrong is reported, and told by the outcome. */
export const hand = async (parts: Parts, channel: Channel, message: Omit<Message, 'signal'>): Promise<Outcome> => {
  const connector = connectorFor(parts, channel);
  if (!connector) throw new Error(`no connector serves the channel "${channel}"`);
  // Whoever the message is for is not the provider's business.
  const { to, text, usage, idempotencyKey } = message;
  try {
    await within(parts.sendTimeout, 'the connector', (signal) =>
      connector.send({ to, text, usage, idempotencyKey, signal }),
    );
    return { delivery: 'accepted' };
  } catch (error) {
    parts.report(error);
    return error instanceof SendError ? { delivery: 'failed', error } : { delivery: 'unknown' };
  }
};
