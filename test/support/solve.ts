import { solveBotCheck } from '@countersign/client/solve-bot-check';
import type { Problem } from '@countersign/core/flow';

/** Solves the challenge of a refusal. */
export const solve = async ({ challenge }: Problem): Promise<string> => {
  const solution = challenge && (await solveBotCheck(challenge));
  if (!solution) throw new Error('the refusal has no challenge that can be solved');
  return solution;
};
