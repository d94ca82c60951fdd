import type { SlowHash } from '../crypto/slow-hash.ts';

/** SHA-256, so that tests need not wait; production refuses it. */
export const fastHash = (): SlowHash => ({
  id: 'for-tests',
  isForTests: true,
  async derive(text, salt) {
    const bytes = new TextEncoder().encode(text);
    return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...salt, ...bytes])));
  },
});
