/** The part of the Web Storage API that is used. */
export type TokenStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A flow that this browser holds. */
export interface HeldToken {
  /** The host's token that it was claimed with, dead since, or what it was begun for; tells a second mount from a new flow. */
  from: string;
  token: string;
}

/** Tokens have no spaces; what somebody else wrote there is at worst a token that the server does not know. */
const parse = (text: string | null | undefined): HeldToken | null => {
  const [from, token] = (text ?? '').split(' ');
  return from && token ? { from, token } : null;
};

/** Where a flow's token outlives a reload; without a storage it lives as long as the client. */
export interface TokenKeeper {
  read(): HeldToken | null;
  write(held: HeldToken): void;
  clear(): void;
}

export const createTokenKeeper = (key: string, storage: TokenStorage | null): TokenKeeper => {
  let held = parse(storage?.getItem(key));
  return {
    read: () => held,
    write(next) {
      held = next;
      storage?.setItem(key, `${next.from} ${next.token}`);
    },
    clear() {
      held = null;
      storage?.removeItem(key);
    },
  };
};
