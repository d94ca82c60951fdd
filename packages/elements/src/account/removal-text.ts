import type { AccountFactor, AccountOverview } from '@countersign/core/account';
import { msg, str } from '../localize.ts';
import type { FactorView } from '../view.ts';
import { nameOf, viewOf } from './name-of.ts';

/** What happens when a factor is removed, in words; or why it can't be. */
export const removalText = (
  views: readonly FactorView[],
  { factors, policy }: AccountOverview,
  factor: AccountFactor,
): { text: string; isPossible: boolean } => {
  const isPrimary = ({ type }: AccountFactor): boolean => !viewOf(views, type)?.isBackup;
  const name = nameOf(views, factor);
  if (!isPrimary(factor)) {
    return { text: msg('Your backup codes will no longer work. Your other devices are signed out.'), isPossible: true };
  }
  const rest = factors.filter(({ id, enabled }) => id !== factor.id && enabled);
  if (rest.some(isPrimary)) {
    return {
      text: msg(str`You will no longer be able to verify with ${name}. Your other devices are signed out.`),
      isPossible: true,
    };
  }
  if (policy === 'mandatory') {
    return {
      text: msg('This is your only way to verify, and one is required. Add another one first, or replace this one.'),
      isPossible: false,
    };
  }
  const off = msg('This is your only way to verify. Without it 2-step verification is off: a password alone gets in.');
  return {
    text: rest.length > 0 ? `${off} ${msg('Your backup codes will no longer work.')}` : off,
    isPossible: true,
  };
};
