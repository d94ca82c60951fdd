/** A clock that stands still until it is turned by hand. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Turns it forward by milliseconds. */
  advance(milliseconds: number): void;
}

export const createClock = (start: number): Clock => {
  let time = start;
  return {
    now: () => time,
    advance(milliseconds) {
      time += milliseconds;
    },
  };
};
