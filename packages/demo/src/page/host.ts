/** A factor that a member holds, as the backend shows it. */
export interface HeldFactor {
  id: string;
  type: string;
  /** `•••• 34` for a phone; how many are left for backup codes. */
  target: string;
}

/** What the host gives to a member alone. Amounts are in cents. */
export interface Account {
  /** The address that the member signed up with. */
  name: string;
  /** ISO 8601; when the session ends. */
  expiresAt: string;
  held: HeldFactor[];
  currency: string;
  balance: number;
  payments: { title: string; on: string; amount: number }[];
}

/** Money that waits for its owner to confirm it. */
export interface Transfer {
  id: string;
  to: string;
  amount: number;
}

const call = async <Body>(path: string, init: RequestInit = {}): Promise<Body | null> => {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const response = await fetch(path, { ...init, headers });
  return response.ok ? ((await response.json()) as Body) : null;
};

const post = <Body>(path: string, body: object): Promise<Body | null> =>
  call(path, { method: 'POST', body: JSON.stringify(body) });

/** The host's own API. Refusals are null; no connection throws. */
export const host = {
  /** Null where nobody is signed in; nothing that the page believes on its own counts. */
  account: () => call<Account>('/demo/account'),
  /** The session is the backend's, so the backend ends it. */
  signOut: () => fetch('/api/v1/session', { method: 'DELETE' }),
  /** Null where there is not enough money. */
  prepare: (wish: { to: string; amount: number }) => post<Transfer>('/demo/transfers', wish),
  transfer: (id: string) => call<Transfer>(`/demo/transfers/${encodeURIComponent(id)}`),
  /** Hands the proof of a finished flow to the server, which alone can tell what it is worth. */
  confirm: (id: string, proof: string) => post<object>(`/demo/transfers/${encodeURIComponent(id)}/confirm`, { proof }),
  addPhone: (proof: string) => post<object>('/demo/phones', { proof }),
};
