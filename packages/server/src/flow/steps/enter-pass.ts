import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import { findPass } from '../../account/recovery.ts';
import { guess } from '../../guess/guess.ts';
import { passSecret } from '../../guess/secret.ts';
import { type Draft, userIdOf } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { type At, payload, type StepRules } from './rules.ts';

const submit = async (draft: Draft, typed: string): Promise<void> => {
  const { parts, flow, writes, happened } = draft;
  const userId = userIdOf(draft);
  const pass = await guess(draft, { secret: passSecret(userId), typed }, ({ equal }) =>
    findPass(parts, { userId, typed, equal }),
  );
  if (pass === null) throw new CountersignError('session.invalid_recovery_pass', { path: 'pass' });
  happened.push({ type: 'pass-used' });
  writes.push({ type: 'redeem', jti: pass.id, expiresAt: pass.expiresAt });
  flow.proved = [...flow.proved, { type: 'recovery-pass', factorId: pass.id, by: 'passed' }];
  await enterNext(draft);
};

/** The pass of an administrator, where no factor is left; it serves once. */
export const enterPass: StepRules<At<'enter-pass'>> = {
  accepts: async () => ['submit-pass'],
  act: (draft, _position, action) => submit(draft, payload(engineActions['submit-pass'], action).pass),
  show: async (_draft, { name }, base) => ({ ...base, name }),
};
