/** Masks a phone number so that its owner still knows it: bullets and the last two digits (`•••• 34`). */
export const maskPhone = (e164: string): string => `•••• ${e164.slice(-2)}`;
