/** Masks a phone number so that its owner still knows it: bullets and the last two digits (`•••• 34`). */
export const maskPhone = (e164: string): string => `•••• ${e164.slice(-2)}`;

/** Masks an e-mail address so that its owner still knows it: the first letter and the domain (`a•••@example.com`). */
export const maskEmail = (address: string): string =>
  `${address.slice(0, 1)}•••${address.slice(address.lastIndexOf('@'))}`;
