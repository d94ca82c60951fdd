import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge as WorkToDo } from 'altcha-lib/types';
import * as v from 'valibot';
import type { BotCheck } from './bot-check.ts';

/** Options of {@link proofOfWork}. */
export interface ProofOfWorkOptions {
  /** Rounds of PBKDF2 for each of the 256 tries that a solution takes on average. Default: 5000. */
  rounds?: number;
}

/** Milliseconds that a challenge can be solved in. */
const life = 10 * 60_000;

const parameters = v.looseObject({
  algorithm: v.string(),
  nonce: v.string(),
  salt: v.string(),
  cost: v.number(),
  keyLength: v.number(),
  keyPrefix: v.string(),
  data: v.object({ expiresAt: v.number() }),
});

/** What ALTCHA's solvers give: the challenge as it was, signature included, and what they found. */
const payload = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    challenge: v.object({ parameters, signature: v.string() }),
    solution: v.object({ counter: v.number(), derivedKey: v.string() }),
  }),
);

const decode = (solution: string): unknown => {
  try {
    return atob(solution);
  } catch {
    // No base64 is no solution; the schema says so of null.
    return null;
  }
};

/**
 * Has the client's processor work for half a second or so before a message: no cookie, nothing to click, no third party
 * (ALTCHA). It slows a machine down and makes it pay; it does not tell it from a person.
 */
export const proofOfWork = ({ rounds = 5000 }: ProofOfWorkOptions = {}): BotCheck => ({
  async challenge({ secret, now }) {
    const options = { algorithm: 'PBKDF2/SHA-256', cost: rounds, keyPrefix: '00', data: { expiresAt: now + life } };
    const work: WorkToDo = await createChallenge({ ...options, deriveKey, hmacSignatureSecret: secret });
    return { type: 'altcha', payload: JSON.stringify(work) };
  },

  async verify(solution, { secret, now }) {
    const read = v.safeParse(payload, decode(solution));
    if (!read.success) return null;
    const { challenge, solution: found } = read.output;
    if (challenge.parameters.data.expiresAt <= now) return null;
    const { verified } = await verifySolution({
      challenge,
      solution: found,
      deriveKey,
      hmacSignatureSecret: secret,
    });
    return verified ? challenge.parameters.nonce : null;
  },
});
