/**
 * Runs what is not ours (a connector, a hook of the host) and stops waiting when its time is over; one that ignores its
 * signal must not hold the answer up either.
 */
export const within = async <Result>(
  milliseconds: number,
  name: string,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const timer = setTimeout(() => controller.abort(new Error(`${name} took too long`)), milliseconds);
  try {
    return await Promise.race([run(signal), late]);
  } finally {
    clearTimeout(timer);
  }
};
