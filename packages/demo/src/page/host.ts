/** Somebody who can pretend to sign in. */
export interface Person {
  id: string;
  name: string;
}

/** Nobody is signed in. */
export interface SignedOut {
  user: null;
  people: Person[];
}

/** Somebody is signed in. */
export interface SignedIn {
  user: Person;
  /** When the second factor was proved, in Unix milliseconds; null until then. */
  authTime: number | null;
  /** Seconds until the host ends the session. */
  endsIn: number;
}

/** Who is signed in, as the host says; nothing that the page believes on its own counts. */
export type Me = SignedOut | SignedIn;

/** What the host gives to a verified session alone. Amounts are in cents. */
export interface Account {
  name: string;
  ending: string;
  currency: string;
  balance: number;
  payments: { title: string; on: string; amount: number }[];
}

const read = async <Body>(path: string): Promise<Body | null> => {
  const response = await fetch(`/demo/${path}`, { headers: { accept: 'application/json' } });
  return response.ok ? ((await response.json()) as Body) : null;
};

const post = async <Body>(path: string, body: object): Promise<Body | null> => {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const response = await fetch(`/demo/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.ok ? ((await response.json()) as Body) : null;
};

/** The host's own API. Refusals are null; no connection throws. */
export const host = {
  me: () => read<Me>('me'),
  account: () => read<Account>('account'),
  signIn: (who: { user: string } | { name: string }) => post<Me>('sign-in', who),
  signOut: () => post<Me>('sign-out', {}),
  /** Hands the proof of a finished flow to the server, which alone can tell what it is worth. */
  redeem: (kind: 'verify' | 'setup', proof: string) => post<{ ok: true }>('proof', { kind, proof }),
};
