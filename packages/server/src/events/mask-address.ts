import { maskEmail, maskPhone } from '@countersign/core/mask';

/** An address as it may be recorded. */
export const maskAddress = (to: string): string => (to.includes('@') ? maskEmail(to) : maskPhone(to));
