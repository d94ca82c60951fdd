import type { CountersignError, ErrorCode } from '@countersign/core/errors';
import { openIdentifier } from '../flow/primary/identifiers.ts';
import type { Draft } from '../flow/draft.ts';
import { maskAddress } from './mask-address.ts';
import type { About, Happening } from './happening.ts';
import { record } from './record.ts';
import type { EventType } from './types.ts';

/** The refusals that matter to whoever watches; all others are mistakes of form. */
const told: Partial<Record<ErrorCode, EventType>> = {
  'connector.rate_limit_exceeded': 'send-refused',
  'session.captcha_required': 'send-refused',
  'session.captcha_failed': 'send-refused',
  'verification_code.code_mismatch': 'guess-wrong',
  'verification_code.expired': 'guess-refused',
  'verification_code.exceed_max_try': 'guess-refused',
  'session.mfa.invalid_totp_code': 'guess-wrong',
  'session.mfa.invalid_backup_code': 'guess-wrong',
  'session.mfa.webauthn_verification_failed': 'guess-wrong',
  'session.mfa.factor_locked': 'guess-refused',
  'session.invalid_credentials': 'guess-wrong',
  'session.invalid_recovery_pass': 'guess-wrong',
  'session.verification_blocked_too_many_attempts': 'guess-refused',
};

/** What a flow is about, for the record. */
export const aboutDraft = async (draft: Draft): Promise<About> => ({
  userId: draft.flow.userId,
  flowId: draft.flow.id,
  held: (await draft.read.factors) ?? [],
  isOn: (await draft.read.user)?.mfaEnabled === true,
});

/** The factor that the flow was at. */
export const factorIn = ({ before: { position } }: Draft): Partial<Happening> => {
  if (position.name === 'verify-factor') return { factorId: position.factorId, factor: position.factor };
  return 'factor' in position ? { factor: position.factor } : {};
};

/** Whom somebody tried to be, who has yet to prove that they are. */
const claimed = async ({ parts, flow }: Draft): Promise<Partial<Happening>> => {
  if (flow.userId !== null || flow.identifier === null) return {};
  const { type, index } = flow.identifier;
  const owner = await parts.store.users.findByIdentifier(type, index);
  const target = maskAddress((await openIdentifier(parts, flow.identifier)).value);
  return { userId: owner?.id ?? null, target };
};

/** What is recorded of a refusal. */
export const happeningsOfRefusal = async (draft: Draft, { code, details }: CountersignError): Promise<Happening[]> => {
  const type = told[code];
  // Why a message was refused has been said by whoever refused it.
  const isSaid = draft.happened.some((one) => one.type === 'send-refused');
  if (type === undefined || isSaid) return [];
  const where = { ...(await claimed(draft)), ...factorIn(draft) };
  const reason = details.reason === undefined ? code : `${code}: ${details.reason}`;
  const locked = draft.locks === null ? [] : [{ ...where, type: 'locked', reason: draft.locks } as const];
  return [{ ...where, type, reason }, ...locked];
};

/** Records a refusal of which nothing is committed. */
export const recordRefusal = async (draft: Draft, error: CountersignError): Promise<void> => {
  const happened = await happeningsOfRefusal(draft, error);
  if (happened.length > 0) await record(draft.parts, { happened }, await aboutDraft(draft));
};
