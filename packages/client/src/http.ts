/**
 * How requests are sent. Retrying is the caller's, so ky does none; a request counts as dropped after 15 seconds, in which
 * the last byte of its answer must have come: ky itself waits for the first one only. The body says all, so its status is
 * left behind. Default of `fetcher`: the platform's, as it is by then.
 */
export const httpOptions = (fetcher: typeof fetch | undefined) => ({
  retry: 0,
  timeout: 15_000,
  fetch: async (request: RequestInfo | URL): Promise<Response> =>
    new Response(await (await (fetcher ?? fetch)(request)).text()),
});
