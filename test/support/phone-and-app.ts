import type { TestKit } from '@countersign/server/testing';
import { confirmApp } from './totp-app.ts';

/** Has `ada` hold a phone and an authenticator app; gives the app's key. The phone was used last. */
export const holdPhoneAndApp = async (kit: TestKit): Promise<string> => {
  const binding = kit.visitor();
  await binding.claim((await kit.begin({ kind: 'setup', factor: 'sms' })).token);
  await binding.act({ type: 'submit-phone', phone: '+31612345678' });
  await binding.act({ type: 'submit-code', code: kit.inbox.code() });
  const adding = kit.visitor();
  await adding.claim((await kit.begin({ kind: 'setup', factor: 'totp' })).token);
  await adding.act({ type: 'submit-code', code: kit.inbox.code() });
  return confirmApp(kit, adding);
};
