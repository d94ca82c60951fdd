import type { Random } from '../crypto/random.ts';

/** Repeatable bytes from a seed (xorshift32); never for anything but tests. */
export const seededRandom = (seed: number): Random => {
  let state = seed | 1;
  const nextByte = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  return (size) => Uint8Array.from({ length: size }, nextByte);
};
