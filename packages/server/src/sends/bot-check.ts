import type { Challenge } from '@countersign/core/errors';
import { CountersignError } from '@countersign/core/errors';
import type { Parts } from '../parts.ts';

/** What a bot check is lent. */
export interface BotCheckContext {
  /** The same in every process of this backend, and known to nobody else. */
  secret: string;
  /** Unix milliseconds. */
  now: number;
}

/** Something that a person's browser can do at small cost, and that costs who wants thousands of messages a lot. */
export interface BotCheck {
  /** What the client is given to solve; `type` names the kind. */
  challenge(context: BotCheckContext): Promise<Challenge>;
  /** What tells this solution from all others, however it is written, since each serves once; null where it is wrong. */
  verify(solution: string, context: BotCheckContext): Promise<string | null>;
}

const day = 24 * 3600_000;

/**
 * Lets a stranger's request through that comes with a solution, once. Throws `session.captcha_required`, and
 * `session.captcha_failed` for one that is wrong or has served, each with a challenge; the same action may come again.
 */
export const passBotCheck = async (parts: Parts, solution: string | null): Promise<void> => {
  const { botCheck, store, vault } = parts;
  if (botCheck === undefined) return;
  const now = parts.now();
  const secrets = await vault.tokens(['bot-check']);
  const refuse = async (code: 'session.captcha_required' | 'session.captcha_failed'): Promise<never> => {
    throw new CountersignError(code, { challenge: await botCheck.challenge({ secret: secrets[0] ?? '', now }) });
  };
  if (solution === null) return refuse('session.captcha_required');
  let id: string | null = null;
  for (const secret of secrets) id ??= await botCheck.verify(solution, { secret, now });
  const serves = id !== null && (await store.proofs.redeem(await vault.index(['bot-check', id]), now + day));
  if (!serves) return refuse('session.captcha_failed');
};
