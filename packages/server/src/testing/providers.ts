import { simulator } from '@countersign/connectors/simulator';
import type { Channel } from '@countersign/core/code-stage';
import type { Connector, DeliveryReport } from '@countersign/core/connector';
import type { Inbox } from './inbox.ts';

/** Which providers of messages there are, and what they do. */
export interface ProviderOptions {
  /** The channels that messages can take. Default: `sms` and `email`. */
  channels?: readonly Channel[] | undefined;
  /** Whether providers tell what became of messages; then a test tells it for them. Default: false. */
  reports?: boolean | undefined;
}

/** Simulators, and what plays the provider that reports on the message they took last. */
export interface Providers {
  connectors: Connector[];
  report(provider: typeof fetch, base: string, delivery: DeliveryReport['delivery']): Promise<void>;
}

const reportToken = 'simulated-provider';

/** Notes what was sent last, and by which connector. */
const noting = (connector: Connector, note: (id: string, idempotencyKey: string) => void): Connector => ({
  ...connector,
  async send(message) {
    note(connector.id, message.idempotencyKey);
    await connector.send(message);
  },
});

/** The providers of a kit; messages go to the inbox. */
export const createProviders = (options: ProviderOptions, inbox: Inbox): Providers => {
  const { channels = ['sms', 'email'], reports = false } = options;
  let last: { id: string; idempotencyKey: string } | null = null;
  const create = (channel: Channel): Connector =>
    simulator({ channel, inbox: (message) => inbox.receive(message), ...(reports && { reportToken }) });
  return {
    connectors: channels.map((channel) =>
      noting(create(channel), (id, idempotencyKey) => void (last = { id, idempotencyKey })),
    ),
    async report(provider, base, delivery) {
      if (last === null) throw new Error('nothing was sent that could be reported on');
      const { id, idempotencyKey } = last;
      const response = await provider(`${base}/connectors/${id}/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${reportToken}` },
        body: JSON.stringify({ reports: [{ idempotencyKey, delivery }] }),
      });
      if (!response.ok) throw new Error(`the report was answered with ${response.status}`);
    },
  };
};
