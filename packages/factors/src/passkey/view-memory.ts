const key = 'countersign.passkey-failed';

/** Whether passkeys failed in this browser, remembered there. */
export interface PasskeyMemory {
  hasFailed(): boolean;
  remember(failed: boolean): void;
}

/** Keeps it in a storage; where that is closed to the page, nothing is remembered and nothing breaks. */
export const passkeyMemory = (storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): PasskeyMemory => ({
  hasFailed() {
    try {
      return storage().getItem(key) !== null;
    } catch {
      return false;
    }
  },
  remember(failed) {
    try {
      if (failed) storage().setItem(key, '1');
      else storage().removeItem(key);
    } catch {
      // A browser that keeps nothing asks for the passkey again next time.
    }
  },
});
