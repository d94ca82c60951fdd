import { createAccount } from '@countersign/client/account';
import type { TestKit, Visitor } from '@countersign/server/testing';

/** The pass that an administrator gives to somebody who has signed up in the browser of this visitor. */
export const recoveryPass = async ({ backend, base }: TestKit, { fetch }: Visitor): Promise<string> => {
  const reply = await createAccount({ base, fetch }).read();
  if (!reply.ok) throw new Error('nobody is signed in');
  const why = { actor: 'Grace, help desk', reason: 'phone in the canal, seen with passport' };
  return (await backend.users.issuePass(reply.value.userId, why)).pass;
};
