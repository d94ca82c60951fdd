/** Asks the host's own server to begin a flow: `POST` to a URL of the same origin that answers `{"token": "…"}`. */
export const beginAt =
  (url: string, fetcher: typeof fetch): (() => Promise<string>) =>
  async () => {
    const response = await fetcher(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
    });
    const { token }: { token?: unknown } = Object(await response.json());
    if (!response.ok || typeof token !== 'string')
      throw new Error(`${url} answered ${response.status} without a token`);
    return token;
  };
