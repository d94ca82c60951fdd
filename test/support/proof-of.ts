import assert from 'node:assert/strict';
import type { Flow } from '@countersign/core/flow';

/** The proof that a flow ended with. */
export const proofOf = ({ step }: Flow): string => {
  assert.ok(step.name === 'complete' && step.result.type === 'proof');
  return step.result.proof;
};
