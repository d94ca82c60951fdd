import type { AccountOverview } from '@countersign/core/account';
import type { AccountAction } from '@countersign/core/requests';

/** What was done to an account. */
export type AccountChange = Exclude<AccountAction, 'export'> | 'add-factor' | 'replace-factor' | 'renew-backup-codes';

/** An account was changed, by its owner's doing; the server has done it already. */
export class AccountChangeEvent extends Event {
  readonly change: AccountChange;
  /** The account as it is now. */
  readonly account: AccountOverview;

  constructor(change: AccountChange, account: AccountOverview) {
    super('countersign-account-change', { bubbles: true, composed: true });
    this.change = change;
    this.account = account;
  }
}

declare global {
  interface HTMLElementEventMap {
    'countersign-account-change': AccountChangeEvent;
  }
}
