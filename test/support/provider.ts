import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { after, afterEach, before, beforeEach } from 'node:test';
import * as v from 'valibot';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
}

/** The only request that a provider documents for sending a message, and what it answers to it. */
export interface Rules<Fields> {
  path: string;
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
  /** Strict, so that a field which the provider does not know is a fault. */
  fields: v.GenericSchema<unknown, Fields>;
  answer(fields: Fields, headers: IncomingHttpHeaders): Answer;
}

/** A provider of messages played by a server on this machine. */
export interface PretendProvider<Fields> {
  /** Known once the tests run. */
  url(): string;
  /** What came during this test. */
  received: { fields: Fields; headers: IncomingHttpHeaders }[];
  /** What requests of this test get instead of the answer of the rules, once they were found to be as documented. */
  reaction: Answer | 'silence' | 'hang-up' | null;
  /** Resolves when the next request has come. */
  arrival(): Promise<unknown>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

const parsers: Record<Rules<unknown>['contentType'], (body: string) => unknown> = {
  'application/json': (body) => JSON.parse(body),
  'application/x-www-form-urlencoded': (body) => {
    const pairs = [...new URLSearchParams(body)];
    if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error('a field is given twice');
    return Object.fromEntries(pairs);
  },
};

/** Reads the fields as the rules have them; throws what is not as documented. */
const readFields = <Fields>(rules: Rules<Fields>, request: IncomingMessage, body: string): Fields => {
  const line = `${request.method} ${request.url}`;
  if (line !== `POST ${rules.path}`) throw new Error(`the request is ${line}`);
  const contentType = request.headers['content-type']?.split(';')[0];
  if (contentType !== rules.contentType) throw new Error(`the body is ${contentType}`);
  return v.parse(rules.fields, parsers[rules.contentType](body));
};

/** Runs while the tests of the file do; a test in which it got a request that is not as documented fails. */
export const pretendProvider = <Fields>(rules: Rules<Fields>): PretendProvider<Fields> => {
  let faults: string[] = [];
  const server = createServer(async (request, response) => {
    try {
      const fields = readFields(rules, request, await bodyOf(request));
      provider.received.push({ fields, headers: request.headers });
      server.emit('read');
      const reaction = provider.reaction ?? rules.answer(fields, request.headers);
      if (reaction === 'silence') return;
      if (reaction === 'hang-up') return void response.destroy();
      const text = typeof reaction.body === 'string' ? reaction.body : JSON.stringify(reaction.body);
      response.writeHead(reaction.status, reaction.headers).end(text);
    } catch (error) {
      faults.push(String(error));
      server.emit('read');
      response.writeHead(501).end();
    }
  });
  const provider: PretendProvider<Fields> = {
    received: [],
    reaction: null,
    url() {
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('the provider is not there yet');
      return `http://127.0.0.1:${address.port}`;
    },
    arrival: () => once(server, 'read'),
  };
  before(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    faults = [];
    Object.assign(provider, { received: [], reaction: null });
  });
  afterEach(() => assert.deepEqual(faults, []));
  after(() => void server.close().closeAllConnections());
  return provider;
};

/** User and password of an `Authorization: Basic` header. */
export const basicOf = ({ authorization = '' }: IncomingHttpHeaders): string =>
  authorization.startsWith('Basic ') ? atob(authorization.slice(6)) : '';
