import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import type { TestKit } from '@countersign/server/testing';

/** Ada adds an authenticator app by the real protocol; gives its key. */
export const addApp = async (kit: TestKit): Promise<string> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  const { step } = visitor.flow;
  if (!('secret' in step)) throw new Error(`the flow stands at ${step.name} and shows no key`);
  const key = String(step.secret).replaceAll(' ', '');
  await visitor.act({ type: 'submit-code', code: codeAt(key, stepAt(kit.clock.now())) });
  return key;
};
