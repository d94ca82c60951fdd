import { CountersignError } from '@countersign/core/errors';
import type { FactorAction } from '@countersign/core/contract';
import type { Codes, FactorContext, FactorMove, FactorServer, HeldFactor } from '@countersign/core/factor';
import { maskPhone } from '@countersign/core/mask';
import { readPhone } from '@countersign/core/phone';
import metadata from 'libphonenumber-js/max/metadata';
import * as v from 'valibot';
import { phoneChannel, smsContract, type SmsContract } from './contract.ts';

/** Options of {@link sms}. */
export interface SmsOptions {
  /** Version of the consent text shown beside the phone field; kept with the binding. Default: none. */
  consentVersion?: string | null;
}

const phoneStage = v.strictObject({ stage: v.literal('phone') });
const codeStage = v.strictObject({
  stage: v.literal('code'),
  challengeId: v.string(),
  channel: phoneChannel,
  /** While binding the person has just typed the number and sees it in full. */
  binding: v.boolean(),
});
const state = v.variant('stage', [phoneStage, codeStage]);
type SmsState = v.InferOutput<typeof state>;
type CodeState = v.InferOutput<typeof codeStage>;
type ActionOf<Type> = Extract<FactorAction<SmsContract>, { type: Type }>;

const enter = (next: SmsState) => ({ type: 'enter', state: next }) as const;

const bound = v.looseObject({ phone: v.string() });
const phoneOf = (held: HeldFactor): string => v.parse(bound, held.data).phone;

/** The number in E.164, or `user.invalid_phone` before anything is sent. */
const acceptPhone = async (context: FactorContext, typed: string): Promise<string> => {
  const phone = readPhone(typed, { metadata });
  const reachable =
    phone !== null &&
    (context.countries === 'all' || (phone.country !== null && context.countries.includes(phone.country)));
  if (!reachable) throw new CountersignError('user.invalid_phone', { path: 'phone' });
  if (context.held.some((held) => phoneOf(held) === phone.e164)) {
    throw new CountersignError('user.phone_exists_in_profile', { path: 'phone' });
  }
  // The same answer as for an unusable number: how many others use it is nobody's business.
  if (!(await context.isIndexOpen(phone.e164))) throw new CountersignError('user.invalid_phone', { path: 'phone' });
  return phone.e164;
};

const submitPhone = async (context: FactorContext, { phone, channel: way = 'sms' }: ActionOf<'submit-phone'>) => {
  const destination = await acceptPhone(context, phone);
  const challengeId = await context.codes.open({ channel: way, destination, usage: 'BindMfa', factorId: null });
  return enter({ stage: 'code', challengeId, channel: way, binding: true });
};

const resend = async ({ codes }: FactorContext, current: CodeState, action: ActionOf<'resend'>) => {
  const way = action.channel ?? current.channel;
  await codes.resend(current.challengeId, way);
  return { type: 'stay', state: { ...current, channel: way } } as const;
};

/** The engine lets only actions of the current stage through. */
const atCode = (current: SmsState): CodeState => {
  if (current.stage === 'code') return current;
  throw new Error('an action of the code stage came at another stage');
};

const submitCode = async (
  { codes }: FactorContext,
  { challengeId, binding }: CodeState,
  { code, consentVersion }: { code: string; consentVersion: string | null },
): Promise<FactorMove<SmsState>> => {
  const phone = await codes.check(challengeId, code);
  if (!binding) return { type: 'verified', usedUp: null };
  return { type: 'bound', factor: { data: { phone, consentVersion }, index: phone } };
};

const presentCode = async (codes: Codes, { challengeId, binding }: CodeState) => {
  const { destination, ...code } = await codes.describe(challengeId);
  return { stage: 'code', ...code, target: binding ? destination : maskPhone(destination) } as const;
};

/** A number to confirm rather than to type; one that is held already is none. */
const suggestion = async ({ unproved, held }: FactorContext): Promise<string | null> => {
  const phones = (await unproved()).filter(({ type }) => type === 'phone');
  return phones.find(({ value }) => held.every((factor) => phoneOf(factor) !== value))?.value ?? null;
};

/** A code in a text message as a factor; a user may hold several numbers. */
export const sms = ({ consentVersion = null }: SmsOptions = {}): FactorServer<SmsContract, SmsState> => ({
  contract: smsContract,
  amr: ['sms'],
  strength: 1,
  channels: phoneChannel.options,
  state,

  async setup() {
    return enter({ stage: 'phone' });
  },

  async verify({ codes }, held) {
    const request = {
      channel: 'sms',
      destination: phoneOf(held),
      usage: 'MfaVerification',
      factorId: held.id,
    } as const;
    return enter({ stage: 'code', challengeId: await codes.open(request), channel: 'sms', binding: false });
  },

  async act(context, current, action) {
    switch (action.type) {
      case 'submit-phone':
        return submitPhone(context, action);
      case 'back':
        return enter({ stage: 'phone' });
      case 'resend':
        return resend(context, atCode(current), action);
      case 'submit-code':
        return submitCode(context, atCode(current), { code: action.code, consentVersion });
    }
  },

  async present(context, current) {
    if (current.stage === 'code') return presentCode(context.codes, current);
    const countries = context.countries === 'all' ? null : [...context.countries];
    return { stage: 'phone', countries, consentVersion, prefill: await suggestion(context) };
  },

  target: (held) => maskPhone(phoneOf(held)),
  contact: (held) => ({ channel: 'sms', to: phoneOf(held) }),
  isUsable: () => true,
  fromIdentifier: ({ type, value }) =>
    type === 'phone' ? { data: { phone: value, consentVersion: null }, index: value } : null,
});
