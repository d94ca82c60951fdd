import { CountersignError } from '@countersign/core/errors';
import type { FactorContext, FactorServer, HeldFactor, NewFactor } from '@countersign/core/factor';
import { formatPaperCode, newPaperCode, readPaperCode } from '@countersign/core/paper-code';
import * as v from 'valibot';
import { backupCodesContract, type BackupCodesContract } from './contract.ts';

/** How many codes a set has. */
const setSize = 10;

/** A user has one set at a time; the index makes the store see to that. */
const index = 'set';

const codesStage = v.strictObject({ stage: v.literal('codes'), sealed: v.string() });
const codeStage = v.strictObject({ stage: v.literal('code') });
const state = v.variant('stage', [codesStage, codeStage]);
type State = v.InferOutput<typeof state>;

const codesSchema = v.array(v.string());

/** `hashes` are separated by spaces, in the order in which the codes were shown; a code's mark is its place. */
const setSchema = v.strictObject({ salt: v.string(), hashes: v.string() });

const readSet = ({ data }: HeldFactor): { salt: string; hashes: string[] } => {
  const { salt, hashes } = v.parse(setSchema, data);
  return { salt, hashes: hashes.split(' ') };
};

const openCodes = async ({ secrets }: FactorContext, sealed: string): Promise<string[]> =>
  v.parse(codesSchema, JSON.parse(await secrets.open(sealed)));

/** One salt for the set, so that a try costs one slow hash and not ten. */
const newSet = async ({ secrets, held }: FactorContext, codes: readonly string[]): Promise<NewFactor> => {
  const salt = newPaperCode(secrets.random) + newPaperCode(secrets.random);
  const hashes = await Promise.all(codes.map((code) => secrets.hash(code, salt)));
  return { data: { salt, hashes: hashes.join(' ') }, index, replaces: held.map(({ id }) => id) };
};

const leftOf = (held: HeldFactor): number => readSet(held).hashes.length - held.spent.length;

/** The mark of the unused code that was typed; throws `session.mfa.invalid_backup_code`. */
const findMark = async ({ secrets, held }: FactorContext, typed: string): Promise<string> => {
  const code = readPaperCode(typed);
  const mark = await secrets.guess(typed, async ({ find }) => {
    const [set] = held;
    if (code === null || !set) return null;
    const { salt, hashes } = readSet(set);
    const found = String(await find(code, salt, hashes));
    return found === '-1' || set.spent.includes(found) ? null : found;
  });
  if (mark === null) throw new CountersignError('session.mfa.invalid_backup_code', { path: 'code' });
  return mark;
};

/** Ten codes for when nothing else is at hand; each serves once, and a new set takes the place of the old one. */
export const backupCodes = (): FactorServer<BackupCodesContract, State> => ({
  contract: backupCodesContract,
  amr: ['otp'],
  strength: 0,
  isGuessable: false,
  channels: [],
  state,

  async setup({ secrets }) {
    const codes = Array.from({ length: setSize }, () => newPaperCode(secrets.random));
    return { type: 'enter', state: { stage: 'codes', sealed: await secrets.seal(JSON.stringify(codes)) } };
  },

  async verify() {
    return { type: 'enter', state: { stage: 'code' } };
  },

  async act(context, current, action) {
    if (action.type === 'submit-code') {
      const mark = await findMark(context, action.code);
      const left = context.held.reduce((sum, set) => sum + leftOf(set), -1);
      return { type: 'verified', usedUp: { type: 'mark', mark, left } };
    }
    if (current.stage !== 'codes') throw new Error('codes were acknowledged that were not shown');
    return { type: 'bound', factor: await newSet(context, await openCodes(context, current.sealed)) };
  },

  async present(context, current) {
    if (current.stage === 'code') return current;
    return { stage: 'codes', codes: (await openCodes(context, current.sealed)).map(formatPaperCode) };
  },

  target: (held) => String(leftOf(held)),
  isUsable: (held) => leftOf(held) > 0,
  fromIdentifier: () => null,
});
