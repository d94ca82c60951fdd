/** One payment; amounts are in cents. */
export interface Payment {
  title: string;
  /** `YYYY-MM-DD`. */
  on: string;
  amount: number;
}

/** What the host keeps for a member, and shows to nobody else. */
export interface Account {
  currency: string;
  /** In cents. */
  balance: number;
  /** Newest first. */
  payments: readonly Payment[];
}

/** Money that is to go somewhere, once its owner has confirmed it. */
export interface Transfer {
  id: string;
  to: string;
  /** In cents. */
  amount: number;
}

/** A bank in memory: there is no money in it. */
export interface Bank {
  account(userId: string): Account;
  /** Takes note of a wish; nothing moves. Null where the balance is too low. */
  prepare(userId: string, wish: Omit<Transfer, 'id'>): Transfer | null;
  /** A transfer of this user that waits to be confirmed, and that there is still money for. */
  waiting(userId: string, id: string): Transfer | null;
  /** Carries it out, once. */
  carryOut(userId: string, id: string): void;
}

const today = (): string => new Date().toISOString().slice(0, 10);

const newAccount = (): Account => ({
  currency: 'EUR',
  balance: 150_000,
  payments: [{ title: 'A welcome from Harbor', on: today(), amount: 150_000 }],
});

export const createBank = (): Bank => {
  const accounts = new Map<string, Account>();
  const transfers = new Map<string, Transfer & { userId: string }>();
  const account = (userId: string): Account => accounts.get(userId) ?? newAccount();
  const find = (userId: string, id: string): Transfer | null => {
    const { userId: owner, ...transfer } = transfers.get(id) ?? { userId: null };
    const isOpen = owner === userId && 'id' in transfer && transfer.amount <= account(userId).balance;
    return isOpen ? transfer : null;
  };
  return {
    account,
    prepare(userId, { to, amount }) {
      if (account(userId).balance < amount) return null;
      const transfer = { id: crypto.randomUUID(), to, amount };
      transfers.set(transfer.id, { ...transfer, userId });
      return transfer;
    },
    waiting: find,
    carryOut(userId, id) {
      const transfer = find(userId, id);
      if (transfer === null) return;
      transfers.delete(id);
      const { currency, balance, payments } = account(userId);
      const payment = { title: `To ${transfer.to}`, on: today(), amount: -transfer.amount };
      accounts.set(userId, { currency, balance: balance - transfer.amount, payments: [payment, ...payments] });
    },
  };
};
