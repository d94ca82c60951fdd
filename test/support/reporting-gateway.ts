import { http } from '@countersign/connectors/http';
import type { Channel } from '@countersign/core/code-stage';
import { type Connector, type DeliveryReport, usages } from '@countersign/core/connector';
import { type AuditEvent, memoryStore } from '@countersign/server';
import { createInbox, drive, type Inbox, type TestKit, type Visitor } from '@countersign/server/testing';
import * as v from 'valibot';
import { kitOn } from './stores.ts';

const message = v.object({ to: v.string(), text: v.string(), usage: v.picklist(usages) });

/** A gateway of messages that reports on what it took. */
export interface ReportingGateway {
  connectors: Connector[];
  inbox: Inbox;
  /** The keys of what it took, in order. */
  keys: string[];
  /** What the next request is kept waiting by, before it is answered. */
  meanwhile: (() => Promise<unknown>) | null;
}

/** What the gateway bears when it reports on messages of a channel. */
export const tokenOf = (channel: Channel): string => `token-of-${channel}`;

/** A gateway with a connector for each channel, `gateway-sms` and so on. */
export const createGateway = (channels: readonly Channel[] = ['sms', 'email']): ReportingGateway => {
  const inbox = createInbox();
  const gateway: ReportingGateway = { connectors: [], inbox, keys: [], meanwhile: null };
  const takes =
    (channel: Channel): typeof fetch =>
    async (_url, init) => {
      gateway.keys.push(new Headers(init?.headers).get('idempotency-key') ?? '');
      const { to, text, usage } = v.parse(message, JSON.parse(String(init?.body)));
      inbox.receive({ to, text, usage, channel });
      const { meanwhile } = gateway;
      gateway.meanwhile = null;
      await meanwhile?.();
      return new Response(null, { status: 202 });
    };
  gateway.connectors = channels.map((channel) =>
    http(
      { id: `gateway-${channel}`, channel, url: 'https://gateway.example', reportToken: tokenOf(channel) },
      takes(channel),
    ),
  );
  return gateway;
};

/** How a post to the route of reports differs from what the gateway itself would post. */
export interface Post {
  connector?: string;
  token?: string;
  body?: string;
}

/** Posts reports on messages by their keys, and gives the answer. */
export const post = (
  kit: TestKit,
  reports: readonly DeliveryReport[],
  { connector = 'gateway-sms', token = tokenOf('sms'), body = JSON.stringify({ reports }) }: Post = {},
): Promise<Response> =>
  kit.browser()(`${kit.base}/connectors/${connector}/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  });

/** Somebody who waits for a code at a phone that is bound, and the gateway that has sent it. */
export interface Waiting {
  kit: TestKit;
  gateway: ReportingGateway;
  visitor: Visitor;
  events: AuditEvent[];
}

/** Sees to it that somebody waits; `more` are connectors besides those of the gateway. */
export const awaitCode = async (
  open: Parameters<typeof kitOn>[0] = async () => memoryStore(),
  more: readonly Connector[] = [],
): Promise<Waiting> => {
  const gateway = createGateway(['sms', 'voice', 'email']);
  const events: AuditEvent[] = [];
  const connectors = [...gateway.connectors, ...more];
  const { inbox } = gateway;
  const kit = { ...(await kitOn(open, { connectors, onEvent: (event) => events.push(event) })), inbox };
  return { kit, gateway, visitor: await drive(kit).to('verify-factor'), events };
};

/** The key of the message that the gateway took last. */
export const lastKey = ({ gateway }: Pick<Waiting, 'gateway'>): string => gateway.keys.at(-1) ?? '';

/** The gateway reports on a message; on the last one, unless another is named. */
export const report = (
  waiting: Waiting,
  delivery: DeliveryReport['delivery'],
  idempotencyKey = lastKey(waiting),
): Promise<Response> => post(waiting.kit, [{ idempotencyKey, delivery }]);

/** The step that is shown now. */
export const stepOf = async (visitor: Visitor): Promise<Record<string, unknown>> => ({
  ...(await visitor.look()).flow.step,
});
