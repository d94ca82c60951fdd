import type { TestKit, TestKitOptions, Reply, Visitor } from '@countersign/server/testing';
import type { SettingsInput } from '@countersign/server';

/** Settings of an app where strangers can have messages sent: one signs up by phone. */
export const byPhone = {
  signUp: { identifiers: ['phone'] },
  factors: ['sms'],
} satisfies Partial<SettingsInput>;

/** Collects what operators are told. */
export const reporting = (): { reports: Error[]; report: NonNullable<TestKitOptions['report']> } => {
  const reports: Error[] = [];
  return {
    reports,
    report: (error) => reports.push(error instanceof Error ? error : new Error(String(error))),
  };
};

/** A browser at that address that stands before the first step of a sign-up. */
export const arrive = async (kit: TestKit, address?: string): Promise<Visitor> => {
  const visitor = kit.visitor(kit.browser(address));
  await visitor.begin('sign-up');
  return visitor;
};

/** Names a number, to which a code is sent if the guards let it. */
export const name = (visitor: Visitor, phone: string, more: { botCheck?: string } = {}): Promise<Reply> =>
  visitor.act({ type: 'identify', identifier: { type: 'phone', value: phone }, ...more });

/** The same for somebody new, at an address of their own. */
export const askForCode = async (kit: TestKit, phone: string, address?: string): Promise<Reply> =>
  name(await arrive(kit, address), phone);

/** A Dutch mobile number; numbers of one `range` differ in their last four digits only. */
export const dutch = (range: number, last = 0): string => `+316${1000 + range}${String(last).padStart(4, '0')}`;

/** Addresses of as many blocks. */
export const addressOf = (block: number): string => `10.${block >> 8}.${block & 255}.7`;
