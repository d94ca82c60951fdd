import type { SettingsInput } from '@countersign/server';
import {
  defaultPerson,
  goOn as goOnWith,
  type PersonOptions,
  type TestKit,
  type Visitor,
} from '@countersign/server/testing';

export const { password, identifier: ada } = defaultPerson;
export const adasPhone = { type: 'phone', value: '+31612345678' } as const;

/** Settings of the source document's examples: both kinds of sign-up, SMS and backup codes, for everybody. */
export const mandatory = {
  signUp: { identifiers: ['email', 'phone'] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' },
} satisfies Partial<SettingsInput>;

type Mailed = Pick<TestKit, 'inbox'>;

/** Goes on until the flow stands at the step; gives the names of the steps on the way, in order. */
export const goOn = ({ inbox }: Mailed, visitor: Visitor, person: PersonOptions): Promise<string[]> =>
  goOnWith(inbox, visitor, person);

/** Signs up, and sets up whatever is asked for. */
export const signUp = async (kit: Mailed, visitor: Visitor, person: PersonOptions): Promise<string[]> => {
  await visitor.begin('sign-up');
  return goOn(kit, visitor, person);
};

/** Signs in, and answers whatever is asked for. */
export const signIn = async (kit: Mailed, visitor: Visitor, person: PersonOptions): Promise<string[]> => {
  await visitor.begin('sign-in');
  return goOn(kit, visitor, person);
};
