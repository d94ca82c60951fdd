/** How requests are sent. Retrying is the caller's, so ky does none; a request counts as dropped after 15 seconds. */
export const httpOptions = { timeout: 15_000, retry: 0, throwHttpErrors: false };
