/** Asks the host's own server to begin a flow: `POST` to a URL of the same origin that answers `{"token": "…"}`. */
export const beginAt =
  (url: string, fetcher: typeof fetch): (() => Promise<string>) =>
  async () => {
    const response = await fetcher(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
    });
    const body: unknown = await response.json();
    const hasToken = typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string';
    if (!response.ok || !hasToken) throw new Error(`${url} answered ${response.status} without a token`);
    return String(body.token);
  };
