import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { channel } from '@countersign/core/code-stage';
import { usages } from '@countersign/core/connector';
import { createInbox, type Inbox } from '@countersign/server/testing';
import * as v from 'valibot';

const message = v.object({
  to: v.string(),
  text: v.string(),
  usage: v.picklist(usages),
});

/** An endpoint that takes the messages of `http` connectors, each channel at its own path. */
export interface MessageEndpoint {
  inbox: Inbox;
  /** Options of the connectors that post here. */
  connectors: { type: 'http'; id: string; channel: 'sms' | 'email'; url: string }[];
  /** Resolves when the next message arrives, before its sender knows. */
  nextMessage(): Promise<void>;
  close(): void;
}

/** Has a message in its inbox before it answers, so before the backend knows that it was taken. */
export const startMessageEndpoint = async (): Promise<MessageEndpoint> => {
  const inbox = createInbox();
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const way = v.parse(channel, request.url?.slice(1));
      inbox.receive({ ...v.parse(message, JSON.parse(body)), channel: way });
      for (const tell of waiting.splice(0)) tell();
      // Whoever was told is first.
      setImmediate(() => response.writeHead(204).end());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const connectors = (['sms', 'email'] as const).map((way) => {
    const url = `http://127.0.0.1:${port}/${way}`;
    return { type: 'http', id: `endpoint-${way}`, channel: way, url } as const;
  });
  const nextMessage = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  return { inbox, connectors, nextMessage, close: () => void server.close().closeAllConnections() };
};
