import type { Flow, OwnKind, Problem } from '@countersign/core/flow';
import type { BeginRequest } from '@countersign/core/requests';
import type { Random } from '../crypto/random.ts';

/** What the backend answered. */
export interface Reply {
  status: number;
  headers: Headers;
  /** The flow, from the answer or from the problem. Throws when there is none. */
  flow: Flow;
  /** The problem. Throws when there is none. */
  problem: Problem;
  body: unknown;
}

/** One browser that speaks the protocol, action by action; it remembers its flow and token. */
export interface Visitor {
  fetch: typeof fetch;
  readonly token: string;
  readonly flow: Flow;
  claim(token: string, resume?: string): Promise<Reply>;
  /** Begins a flow without a host; `setup` and `verify` in the session that this browser has. */
  begin(request: OwnKind | BeginRequest): Promise<Reply>;
  /** Reads the flow anew. */
  look(): Promise<Reply>;
  /** Sends an action; its id and step can be overridden. */
  act(action: { type: string; id?: string; step?: string; [field: string]: unknown }): Promise<Reply>;
  newId(): string;
}

const json = { 'content-type': 'application/json' };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const read = async (response: Response): Promise<Reply> => {
  const body: unknown = await response.json();
  const part = <T>(name: 'flow' | 'problem', value: unknown): T => {
    if (!isObject(value)) throw new Error(`${response.status} without a ${name}: ${JSON.stringify(body)}`);
    return value as T;
  };
  return {
    status: response.status,
    headers: response.headers,
    body,
    get flow() {
      return part<Flow>('flow', isObject(body) ? body['flow'] : null);
    },
    get problem() {
      return part<Problem>('problem', isObject(body) && 'code' in body ? body : null);
    },
  };
};

/** UUID version 4 (RFC 9562) from given randomness. */
const uuid = (random: Random): string => {
  const hex = Array.from(random(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** Speaks the protocol through `fetch` at `base` (`http://localhost/api/v1`). */
export const createVisitor = (fetcher: typeof fetch, base: string, random: Random): Visitor => {
  let token = '';
  let flow: Flow | null = null;

  const call = async (path: string, init: RequestInit): Promise<Reply> => {
    const authorization = token ? { authorization: `Bearer ${token}` } : {};
    const reply = await read(await fetcher(`${base}${path}`, { ...init, headers: { ...json, ...authorization } }));
    if (isObject(reply.body) && isObject(reply.body['flow'])) flow = reply.flow;
    return reply;
  };
  const post = (path: string, body: unknown): Promise<Reply> =>
    call(path, { method: 'POST', body: JSON.stringify(body) });
  const open = async (body: object): Promise<Reply> => {
    token = '';
    const reply = await post('/flows', body);
    if (isObject(reply.body) && typeof reply.body['token'] === 'string') token = reply.body['token'];
    return reply;
  };
  const current = (): Flow => {
    if (!flow) throw new Error('the visitor has claimed no flow');
    return flow;
  };

  return {
    fetch: fetcher,
    get token() {
      return token;
    },
    get flow() {
      return current();
    },
    claim: (begun, resume) => open({ token: begun, ...(resume !== undefined && { resume }) }),
    begin: (request) => open(typeof request === 'string' ? { kind: request } : request),
    look: () => call('/flows/current', { method: 'GET' }),
    act: (action) => post('/flows/current/actions', { id: uuid(random), step: current().step.id, ...action }),
    newId: () => uuid(random),
  };
};
