/** Between a page and its backend: whether requests get there, and whether they are answered. */
export interface Network {
  state: 'up' | 'down' | 'silent';
  /** Goes into a scene. */
  through(fetcher: typeof fetch): typeof fetch;
}

/** A network to be cut, or to be made so slow that nothing is answered; up whenever a scene begins. */
export const createNetwork = (): Network => {
  const network: Network = {
    state: 'up',
    through(fetcher) {
      network.state = 'up';
      return (...request) => {
        if (network.state === 'down') return Promise.reject(new TypeError('offline'));
        return network.state === 'silent' ? new Promise<never>(() => {}) : fetcher(...request);
      };
    },
  };
  return network;
};
