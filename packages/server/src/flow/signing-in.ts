import type { FlowRow } from '../store/rows.ts';

/** Whether the flow ends with somebody signed in, here or at a host; then the policy is followed. */
export const isSigningIn = ({ kind }: Pick<FlowRow, 'kind'>): boolean => kind === 'sign-up' || kind === 'sign-in';
