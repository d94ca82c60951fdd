import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { freePort } from './free-port.ts';

/** An answer of the server behind the proxy. */
interface Answer {
  status: number;
  type: string;
  body: Buffer;
}

type Spoil = (response: ServerResponse, answer: Answer) => void;

const head = (response: ServerResponse, { status, type, body }: Answer): ServerResponse =>
  response.writeHead(status, { 'content-type': type, 'content-length': body.length });

const halfOf = ({ body }: Answer): Buffer => body.subarray(0, body.length / 2);

const faults = {
  reset: ({ socket }) => void socket?.resetAndDestroy(),
  silence: () => {},
  'bad gateway': (response) =>
    void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
  'half an answer': (response, answer) => void head(response, { ...answer, body: halfOf(answer) }).end(halfOf(answer)),
  'an answer cut off': (response, answer) =>
    void head(response, answer).write(halfOf(answer), () => response.socket?.destroy()),
  'an answer that stops': (response, answer) => void head(response, answer).write(halfOf(answer)),
} satisfies Record<string, Spoil>;

/** What goes wrong with an answer. */
export type Fault = keyof typeof faults;

/** What has gone wrong where nothing comes and nothing closes: only time tells. */
export const endless: readonly Fault[] = ['silence', 'an answer that stops'];

export const allFaults = Object.keys(faults) as Fault[];

/** What goes wrong next, how often, and whether the server has had the request by then. */
export interface Plan {
  fault: Fault;
  times: number;
  isHandled: boolean;
}

/** A proxy between a client and a real server, which spoils what it is told to. */
export interface FaultProxy {
  url: string;
  /** The bodies of the requests that have come, oldest first. */
  readonly bodies: string[];
  spoil(plan: Plan): void;
  /** Resolves with the next endless silence. */
  silence(): Promise<void>;
  close(): void;
}

/** Stands before `target`, an origin. */
export const createFaultProxy = async (target: string): Promise<FaultProxy> => {
  const bodies: string[] = [];
  let plan: Plan = { fault: 'reset', times: 0, isHandled: false };
  let fallSilent = (): void => {};

  const ask = async ({ method = 'GET', url = '', headers }: IncomingMessage, body: Buffer): Promise<Answer> => {
    const { authorization = '', 'content-type': type = '' } = headers;
    const response = await fetch(`${target}${url}`, {
      method,
      headers: { authorization, ...(type && { 'content-type': type }) },
      body: method === 'GET' ? null : new Uint8Array(body),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: Buffer.from(await response.arrayBuffer()),
    };
  };
  const unheard: Answer = { status: 200, type: 'application/json', body: Buffer.from('{"flow": {}}') };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    bodies.push(body.toString());
    if (plan.times === 0) {
      const whole = await ask(request, body);
      head(response, whole).end(whole.body);
      return;
    }
    plan = { ...plan, times: plan.times - 1 };
    faults[plan.fault](response, plan.isHandled ? await ask(request, body) : unheard);
    if (endless.includes(plan.fault)) fallSilent();
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(await freePort(), '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    spoil: (next) => void (plan = next),
    silence: () => new Promise((resolve) => void (fallSilent = resolve)),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};
