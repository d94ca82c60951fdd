import type { Flow, Problem } from '@countersign/core/flow';
import ky, { type Options } from 'ky';
import { httpOptions } from './http.ts';
import { isRecord } from './is-record.ts';
import type { Answer } from './machine.ts';

/** An answer of the server; null for none, or for one that no Countersign server gives. */
export type Reply = (Answer & { token?: string }) | null;

/** The protocol's three requests. */
export interface Transport {
  begin(json: object, signal: AbortSignal): Promise<Reply>;
  current(token: string, signal: AbortSignal): Promise<Reply>;
  act(token: string, json: object, signal: AbortSignal): Promise<Reply>;
}

const isFlow = (value: unknown): value is Flow =>
  isRecord(value) && isRecord(value['step']) && typeof value['step']['name'] === 'string';

/** Whether the server refused. */
export const isProblem = (body: Record<string, unknown>): body is Record<string, unknown> & Problem =>
  typeof body['code'] === 'string';

const read = (body: unknown): Reply => {
  if (!isRecord(body)) return null;
  const flow = isFlow(body['flow']) ? body['flow'] : null;
  const problem = isProblem(body) ? body : null;
  return flow || problem ? { token: String(body['token'] ?? ''), flow, problem } : null;
};

/** Speaks the protocol to a backend at `base`. */
export const createTransport = (base: string, fetcher: typeof fetch | undefined): Transport => {
  const http = ky.create({ ...httpOptions(fetcher), prefixUrl: base });
  const call = (path: string, token: string, options: Options): Promise<Reply> =>
    http(path, { ...options, headers: token ? { authorization: `Bearer ${token}` } : {} })
      .json()
      .then(read, () => null);
  return {
    begin: (json, signal) => call('flows', '', { method: 'post', json, signal }),
    current: (token, signal) => call('flows/current', token, { signal }),
    act: (token, json, signal) => call('flows/current/actions', token, { method: 'post', json, signal }),
  };
};
