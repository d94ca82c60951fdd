import type { Policy } from './schema.ts';

/**
 * A hook that decides the policy for one user (administrators must, say, others may); null where that of the settings
 * holds. Asked at each step of signing in; where it throws, the policy is mandatory.
 */
export type PolicyFor = (user: { userId: string }) => Promise<Policy | null> | Policy | null;
