/** Sends a token with requests that carry none: a flow is begun in a session, and goes on with a token of its own. */
export const withBearer =
  (fetcher: typeof fetch, token: string): typeof fetch =>
  (input, init) => {
    const request = new Request(input, init);
    if (!request.headers.has('authorization')) request.headers.set('authorization', `Bearer ${token}`);
    return fetcher(request);
  };
