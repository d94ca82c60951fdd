import type { TestKit } from '@countersign/server/testing';

/** Ada adds her e-mail address by the real protocol. */
export const addAddress = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-email', email: 'ada@example.com' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
};
