/*
 * A process of its own, with the authorities that its environment names, that sends a message by each connector to an
 * address: `send-process.ts URL`. It says by which it was sent, and what the others threw.
 */
import { inspect } from 'node:util';
import { http } from '@countersign/connectors/http';
import { smsaero } from '@countersign/connectors/smsaero';
import { twilio } from '@countersign/connectors/twilio';
import type { Connector } from '@countersign/core/connector';

const url = process.argv[2] ?? '';
const connectors: Connector[] = [
  http({ channel: 'sms', url, token: 'secret' }),
  twilio({ accountSid: `AC${'0'.repeat(32)}`, authToken: 'secret', from: '+31600000000', baseUrl: url }),
  smsaero({ email: 'ada@example.com', apiKey: 'secret', sign: 'Acme', baseUrl: url }),
];
const message = { to: '+31612345678', text: 'Your code is 123456.', usage: 'Generic', idempotencyKey: 'one' } as const;
const failures: string[] = [];
for (const connector of connectors) {
  const { signal } = new AbortController();
  await connector.send({ ...message, signal }).catch((error: unknown) => failures.push(inspect(error)));
}
process.send?.(failures);
