import { createAdministratorKey, type Store } from '@countersign/server';
import type { TestKit, TestKitOptions } from '@countersign/server/testing';
import type { Scope } from '../../packages/server/src/http/administrator.ts';
import { kitOn } from './stores.ts';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A backend, and an administrator's calls to it: `call('DELETE /users/ada/skips')`. */
export interface Administered {
  kit: TestKit;
  keyHash: string;
  call(route: string, body?: unknown): Promise<Answer>;
}

/** A kit on a store of its own, and somebody with a key of these scopes. */
export const administeredOn = async (
  open: () => Promise<Store>,
  { scopes, ...options }: TestKitOptions & { scopes: readonly Scope[] },
): Promise<Administered> => {
  const { key, keyHash } = await createAdministratorKey();
  const kit = await kitOn(open, { ...options, administrators: [{ keyHash, scopes, expiresAt: null }] });
  return {
    kit,
    keyHash,
    async call(route, body) {
      const [method = '', path = ''] = route.split(' ', 2);
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await kit.browser()(`${kit.base}/admin${path}`, init);
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
    },
  };
};
