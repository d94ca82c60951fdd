import type { AccountExport, AccountOverview, FactorPatch } from '@countersign/core/account';
import type { Problem } from '@countersign/core/flow';
import { stepUpHeader } from '@countersign/core/step-up-header';
import ky, { type Options } from 'ky';
import { httpOptions } from './http.ts';
import { isRecord } from './is-record.ts';
import { isProblem } from './transport.ts';

/** Options of {@link createAccount}. */
export interface AccountOptions {
  /** Where the API is; absolute outside browsers. Default: `/api/v1`. */
  base?: string;
  /** Bearer of the session, or an account token of the host's; empty where the browser holds a cookie. Default: empty. */
  token?: string;
  /** Default: the platform's. */
  fetch?: typeof fetch;
}

/** What was answered, or why not; the problem is null where no server answered that could be understood. */
export type AccountReply<T> = { ok: true; value: T } | { ok: false; problem: Problem | null };

/**
 * A person's own account. Each change takes the token of a step-up: the result of a flow of the kind `verify`, begun for
 * this action and this target. Changes give the account as it is afterwards.
 */
export interface Account {
  read(): Promise<AccountReply<AccountOverview>>;
  /** `name` has at most 60 characters; null takes the name away. Step-up: `rename-factor`. */
  rename(id: string, name: string | null, stepUp: string): Promise<AccountReply<AccountOverview>>;
  /** Makes a factor the one that is asked for first. Step-up: `set-default`. */
  setDefault(id: string, stepUp: string): Promise<AccountReply<AccountOverview>>;
  /** Step-up: `remove-factor`. */
  remove(id: string, stepUp: string): Promise<AccountReply<AccountOverview>>;
  /** Trusts a browser no longer. Step-up: `forget-device`. */
  forgetDevice(id: string, stepUp: string): Promise<AccountReply<AccountOverview>>;
  /** All that is kept about the person. Step-up: `export`, of the user's id; it serves for its ten minutes. */
  export(stepUp: string): Promise<AccountReply<AccountExport>>;
}

/** As far as the protocol's version does not vouch for it: an answer of something that is no Countersign server. */
const isOverview = (value: unknown): value is AccountOverview =>
  isRecord(value) && Array.isArray(value['factors']) && Array.isArray(value['devices']);

const isExport = (value: unknown): value is AccountExport =>
  isRecord(value) && typeof value['exportedAt'] === 'string' && Array.isArray(value['factors']);

const accountIn = (body: Record<string, unknown>): AccountOverview | null =>
  isOverview(body['account']) ? body['account'] : null;

const exportIn = (body: Record<string, unknown>): AccountExport | null => (isExport(body) ? body : null);

type Find<T> = (body: Record<string, unknown>) => T | null;

const replyIn = <T>(body: unknown, find: Find<T>): AccountReply<T> => {
  if (!isRecord(body)) return { ok: false, problem: null };
  const value = isProblem(body) ? null : find(body);
  return value === null ? { ok: false, problem: isProblem(body) ? body : null } : { ok: true, value };
};

/** Reads and changes the account of who is signed in. Nothing happens until a method is called. */
export const createAccount = (options: AccountOptions = {}): Account => {
  const { base = '/api/v1', token = '', fetch: fetcher } = options;
  const http = ky.create({ ...httpOptions(fetcher), prefixUrl: base });
  const bearer = token && { authorization: `Bearer ${token}` };

  const call = (path: string, stepUp: string, init: Options = {}): Promise<unknown> => {
    const headers = { ...bearer, ...(stepUp && { [stepUpHeader]: stepUp }) };
    return http(`account${path}`, { ...init, headers })
      .json()
      .catch(() => null);
  };
  const change = async (path: string, stepUp: string, init?: Options): Promise<AccountReply<AccountOverview>> =>
    replyIn(await call(path, stepUp, init), accountIn);
  const factor = (id: string): string => `/factors/${encodeURIComponent(id)}`;
  const patch = (id: string, stepUp: string, json: FactorPatch): Promise<AccountReply<AccountOverview>> =>
    change(factor(id), stepUp, { method: 'patch', json });

  return {
    read: () => change('', ''),
    rename: (id, name, stepUp) => patch(id, stepUp, { name }),
    setDefault: (id, stepUp) => patch(id, stepUp, { isDefault: true }),
    remove: (id, stepUp) => change(factor(id), stepUp, { method: 'delete' }),
    forgetDevice: (id, stepUp) => change(`/devices/${encodeURIComponent(id)}`, stepUp, { method: 'delete' }),
    export: async (stepUp) => replyIn(await call('/export', stepUp), exportIn),
  };
};
