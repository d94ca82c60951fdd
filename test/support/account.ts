import type { AccountExport, AccountOverview } from '@countersign/core/account';
import type { AccountAction } from '@countersign/core/requests';
import type { TestKit, Visitor } from '@countersign/server/testing';
import { goOn } from './primary.ts';

/** How each change travels. */
export const changeRequests: Readonly<
  Record<AccountAction, (target: string) => { method: string; path: string; body?: object }>
> = {
  'rename-factor': (id) => ({ method: 'PATCH', path: `/account/factors/${id}`, body: { name: 'mine' } }),
  'set-default': (id) => ({ method: 'PATCH', path: `/account/factors/${id}`, body: { isDefault: true } }),
  'remove-factor': (id) => ({ method: 'DELETE', path: `/account/factors/${id}` }),
  'forget-device': (id) => ({ method: 'DELETE', path: `/account/devices/${id}` }),
  export: () => ({ method: 'GET', path: '/account/export' }),
};

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A person's own account, in the browser of a visitor who is signed in. */
export interface OwnAccount {
  read(): Promise<AccountOverview>;
  /** Goes through the step-up and gives its token. */
  stepUp(action: AccountAction, target: string): Promise<string>;
  /** Sends a change with a step-up of the caller's. */
  send(method: string, path: string, options?: { stepUp?: string; body?: object }): Promise<Answer>;
  /** Steps up and removes. */
  remove(id: string): Promise<Answer>;
  /** Steps up and takes the export. */
  export(): Promise<AccountExport>;
}

export const ownAccount = (kit: TestKit, visitor: Visitor): OwnAccount => {
  const send: OwnAccount['send'] = async (method, path, { stepUp, body } = {}) => {
    const response = await visitor.fetch(`${kit.base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(stepUp !== undefined && { 'countersign-step-up': stepUp }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  const stepUp: OwnAccount['stepUp'] = async (action, target) => {
    const { fetch } = visitor;
    const own = kit.visitor(fetch);
    const begun = await own.begin({ kind: 'verify', for: { action, target } });
    if (begun.status !== 201) throw new Error(`no step-up: ${JSON.stringify(begun.body)}`);
    await goOn(kit, own, {});
    const { step } = own.flow;
    if (step.name !== 'complete' || step.result.type !== 'step-up') throw new Error('the step-up gave no leave');
    return step.result.token;
  };

  return {
    send,
    stepUp,
    read: async () => (await send('GET', '/account')).body['account'] as AccountOverview,
    remove: async (id) => send('DELETE', `/account/factors/${id}`, { stepUp: await stepUp('remove-factor', id) }),
    async export() {
      const { userId } = (await send('GET', '/account')).body['account'] as AccountOverview;
      return (await send('GET', '/account/export', { stepUp: await stepUp('export', userId) })).body as never;
    },
  };
};

/** Adds a phone in the session that the visitor has. */
export const addPhone = async (kit: TestKit, { fetch }: Visitor, phone: string): Promise<void> => {
  const own = kit.visitor(fetch);
  await own.begin({ kind: 'setup', factor: 'sms' });
  await goOn(kit, own, { phone });
};
