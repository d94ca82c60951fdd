const two = (part: number): string => String(part).padStart(2, '0');

/** Time that is left, as a clock shows it: `0:42`, `1:05:00`. A started second counts whole, so `0:00` is the end. */
export const clockTime = (milliseconds: number): string => {
  const seconds = Math.ceil(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
};
