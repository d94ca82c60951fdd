/** How long the sums of windows that are over are kept, in milliseconds. */
export const tallyLife = 2 * 24 * 3600_000;

/** When the window that `at` falls into begins. */
export const windowStart = ({ window, at }: { window: number; at: number }): number => at - (at % window);
