import type { Account, FactorContext, Secrets } from '@countersign/core/factor';
import type { Identifier } from '@countersign/core/identifier';
import { guess } from '../../guess/guess.ts';
import { factorSecret } from '../../guess/secret.ts';
import type { Parts } from '../../parts.ts';
import { createCodes, openChannels } from '../codes/codes.ts';
import { type Draft, userIdOf } from '../draft.ts';
import { factorIndex, unlockedFactors } from './held.ts';
import { reachOf } from '../../sends/number.ts';
import { openFactors } from './open.ts';
import { factorOf } from './step-of-factor.ts';
import { addressesOf, isProved, openIdentifier } from '../primary/identifiers.ts';

/** How many users may bind the same number, say; families share phones, fraud shares more. */
const usersPerIndex = 5;

/** Whether one more user may bind the index; `users` at most do. */
export const isIndexOpen = async (
  parts: Parts,
  type: string,
  { index, users = usersPerIndex }: { index: string; users?: number | undefined },
): Promise<boolean> => (await parts.store.factors.countUsers(type, await factorIndex(parts, type, index))) < users;

const secretsOf = (draft: Draft, type: string): Secrets => {
  const { parts, flow } = draft;
  const userId = userIdOf(draft);
  // Of the user, not of the flow: one that is begun anew goes on where the old one stood.
  const context = ['flow', userId, type];
  const factorId = flow.position.name === 'verify-factor' ? flow.position.factorId : null;
  const secret = factorSecret(parts, { userId, type, factorId });
  return {
    random: parts.random,
    seal: (text) => parts.vault.seal(text, context),
    open: (sealed) => parts.vault.open(sealed, context),
    hash: parts.hasher.hash,
    guess: (typed, judge) => guess(draft, { secret, typed }, judge),
  };
};

const accountOf = async (draft: Draft): Promise<Account> => {
  const userId = userIdOf(draft);
  const [first] = await addressesOf(draft);
  const name = first ? (await openIdentifier(draft.parts, first)).value : userId;
  return { userId, name, appName: draft.settings.appName };
};

const unprovedOf = async (draft: Draft): Promise<Identifier[]> => {
  const rows = (await addressesOf(draft)).filter((row) => !isProved(row));
  return Promise.all(rows.map((row) => openIdentifier(draft.parts, row)));
};

/** What the engine lends a factor of this type for the transition that `draft` is. */
export const factorContext = async (draft: Draft, type: string): Promise<FactorContext> => {
  const { parts, settings } = draft;
  const held = await unlockedFactors(draft);
  return {
    codes: createCodes(draft, openChannels(draft, factorOf(parts, type).channels)),
    secrets: secretsOf(draft, type),
    account: () => accountOf(draft),
    unproved: () => unprovedOf(draft),
    now: () => parts.now(),
    origin: draft.flow.origin,
    held: held.filter((factor) => factor.type === type),
    usable: (await openFactors(draft)).filter((factor) => factor.type === type),
    ...reachOf(settings),
    isIndexOpen: (index, users) => isIndexOpen(parts, type, { index, users }),
  };
};
