import type { Policy } from './schema.ts';

/**
 * A hook that decides the policy for one user (administrators must, say, others may); null where that of the settings
 * holds. Asked once for each step of signing in; where it throws, or says nothing in time (`policyTimeout`), the policy is
 * mandatory.
 */
export type PolicyFor = (user: { userId: string }) => Promise<Policy | null> | Policy | null;
