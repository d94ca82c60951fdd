/** A request for the code of a text message. */
export interface Asked {
  options: CredentialRequestOptions | undefined;
  answer: (code: string) => void;
  refuse: (error: DOMException) => void;
}

/** What the page has asked the browser for, in order. */
export const asked: Asked[] = [];

/** No text message can be sent to a browser without a phone: what it would do with one is played here. */
export const playBrowser = (): void => {
  asked.length = 0;
  if (!('OTPCredential' in globalThis)) Object.assign(globalThis, { OTPCredential: class {} });
  const get = (options?: CredentialRequestOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      options?.signal?.addEventListener('abort', () => reject(new DOMException('left', 'AbortError')));
      asked.push({ options, answer: (code) => resolve({ type: 'otp', code }), refuse: reject });
    });
  // WebKitGTK has no such property at all.
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get } });
};

/** The request that is answered next. */
export const last = (): Asked => {
  const one = asked.at(-1);
  if (!one) throw new Error('the browser was not asked for a code');
  return one;
};

/** Gives the browser back what it has by itself. */
export const stopPlaying = (): void => void Reflect.deleteProperty(navigator, 'credentials');
