import type { Channel } from '@countersign/core/code-stage';
import { openFactor } from '../flow/factors/held.ts';
import { addressesOfUser } from '../flow/primary/identifiers.ts';
import { deliver } from '../outbox/deliver.ts';
import { type OutboxMessage, type Posted, prepare } from '../outbox/message.ts';
import { randomId } from '../crypto/random.ts';
import type { Parts } from '../parts.ts';
import { countWarning } from '../sends/guard.ts';
import { proofChannels } from '../settings/available.ts';
import type { FactorRow } from '../store/rows.ts';
import { type NoticeType, writeNotice } from '../texts/texts.ts';

/** Something that happened to an account, and the factor that it happened to; null for none. */
export interface Notice {
  type: NoticeType;
  factorId: string | null;
  /** The factor that gave way to it, whose own address is told as well; null, or left out, for none. */
  replaced?: string | null;
  /** How many backup codes are left, where one was used. */
  left?: number;
}

/** So few backup codes that the user is told to make new ones. */
const fewCodes = 3;

/** That a backup code has served: whoever found the paper can go on until somebody notices. */
export const codeUsed = (factorId: string, left: number): Notice => ({
  type: left > fewCodes ? 'backup-code-used' : 'backup-codes-low',
  factorId,
  left,
});

/** Whom a notice is for. */
export interface Reader {
  userId: string;
  /** The flow in which it happened; null for none. */
  flowId: string | null;
  /** What the user held before the change, so that the owner of an address that was taken away is told. */
  held: readonly FactorRow[];
  /** BCP 47. */
  locale: string;
}

interface Address {
  channel: Channel;
  to: string;
}

const identifiersOf = async (parts: Parts, userId: string): Promise<Address[]> =>
  (await addressesOfUser(parts, userId)).map(({ type, value }) => ({ channel: proofChannels[type], to: value }));

const contactOf = async (parts: Parts, row: FactorRow): Promise<Address[]> => {
  const contact = parts.factors.get(row.type)?.contact?.(await openFactor(parts, row));
  return contact ? [contact] : [];
};

/**
 * The addresses to write to: another one than that of the changed factor, where there is any, mail before messages; and
 * that of a factor which gave way.
 */
const addressesFor = async (parts: Parts, { userId, held }: Reader, notice: Notice): Promise<Address[]> => {
  const served = ({ channel }: Address) => parts.connectors.some((connector) => connector.channel === channel);
  const contacts = await Promise.all(held.map((row) => contactOf(parts, row)));
  const ofFactor = (id: string | null) => contacts.filter((_, place) => held[place]?.id === id).flat();
  const changed = ofFactor(notice.factorId);
  const all = [...(await identifiersOf(parts, userId)), ...contacts.flat()].filter(served);
  const others = all.filter(({ to }) => !changed.some((one) => one.to === to));
  const open = others.length > 0 ? others : all;
  const best = open.find(({ channel }) => channel === 'email') ?? open[0];
  const replaced = ofFactor(notice.replaced ?? null).filter((one) => served(one) && one.to !== best?.to);
  return [...(best ? [best] : []), ...replaced];
};

/**
 * What a user is told of a change, through another address than the changed one: whoever took over that one does not
 * read the other. Empty where there is no address.
 */
export const noticeMessages = async (parts: Parts, reader: Reader, notice: Notice): Promise<OutboxMessage[]> => {
  const addresses = await addressesFor(parts, reader, notice);
  const settings = await parts.settings.read();
  const text = writeNotice(notice, { locale: reader.locale, appName: settings.appName });
  for (const address of addresses) await countWarning(parts, settings, address);
  const { userId, flowId } = reader;
  const common = { text, usage: 'Generic', userId, flowId, about: notice.type, code: null, owner: null } as const;
  return addresses.map((address) => ({
    ...address,
    ...common,
    idempotencyKey: randomId(parts.random, notice.type),
  }));
};

/** The notices of a change outside flows, to be posted in its commit; empty where nobody can be told. */
export const noticesOf = async (parts: Parts, reader: Reader, notice: Notice): Promise<Posted[]> =>
  Promise.all((await noticeMessages(parts, reader, notice)).map((message) => prepare(parts, message)));

/** Sends notices that were committed; one that fails is reported and holds nothing up, for the change is done. */
export const sendNotices = async (parts: Parts, posts: readonly Posted[]): Promise<void> => {
  for (const posted of posts) await deliver(parts, posted);
};
