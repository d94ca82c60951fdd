/** What `run` gives, or the rejection of its signal: what ignores its signal must not hold an answer up either. */
export const within = async <T>(milliseconds: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([run(signal), late]);
  } finally {
    clearTimeout(timer);
  }
};
