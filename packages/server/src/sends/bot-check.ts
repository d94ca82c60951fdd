import type { Challenge } from '@countersign/core/errors';
import { CountersignError } from '@countersign/core/errors';
import { within } from '../deadline.ts';
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
  /** Milliseconds that either may take. Default: 2000. */
  timeout?: number;
}

const day = 24 * 3600_000;

/** What tells the solution from all others; null where it is wrong, or nobody can say, which is reported. */
const idOf = async ({ vault, now, report }: Parts, botCheck: BotCheck, solution: string): Promise<string | null> => {
  const { timeout = 2000 } = botCheck;
  try {
    for (const secret of await vault.tokens(['bot-check'])) {
      const id = await within(timeout, 'botCheck', () => botCheck.verify(solution, { secret, now: now() }));
      if (id !== null) return id;
    }
  } catch (error) {
    report(error);
  }
  return null;
};

/**
 * Lets a stranger's request through that comes with a solution, once. Throws `session.captcha_required`, and
 * `session.captcha_failed` for one that is wrong or has served, each with a challenge; the same action may come again.
 */
export const passBotCheck = async (parts: Parts, solution: string | null): Promise<void> => {
  const { botCheck, store, vault } = parts;
  if (botCheck === undefined) return;
  const now = parts.now();
  const refuse = async (code: 'session.captcha_required' | 'session.captcha_failed'): Promise<never> => {
    const context = { secret: await vault.token(['bot-check']), now };
    const challenge = await within(botCheck.timeout ?? 2000, 'botCheck', () => botCheck.challenge(context));
    throw new CountersignError(code, { challenge });
  };
  if (solution === null) return refuse('session.captcha_required');
  const id = await idOf(parts, botCheck, solution);
  const serves = id !== null && (await store.proofs.redeem(await vault.index(['bot-check', id]), now + day));
  if (!serves) return refuse('session.captcha_failed');
};
