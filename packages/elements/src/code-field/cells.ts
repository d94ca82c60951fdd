/** What is selected in the input, in digits. */
export interface Range {
  start: number;
  end: number;
}

/** One drawn digit. */
export interface Cell {
  char: string;
  /** The cell has the focus ring: the next digit goes here. */
  active: boolean;
  /** The cell shows a caret: it is the active one, and empty. */
  caret: boolean;
  /** The digit is one of several that the next digit will replace. */
  selected: boolean;
}

/** A code that is too long shows so, but a pasted page does not become a hundred cells. */
const overflow = 2;

/** What to draw for a value; without a selection, the input is not focused. One that reaches beyond the value is out of date. */
export const cells = (value: string, length: number, selection: Range | null): Cell[] => {
  const count = Math.min(Math.max(length, value.length), length + overflow);
  const start = selection && Math.min(selection.start, value.length);
  const end = selection && Math.min(selection.end, value.length);
  const isRange = start !== null && end !== null && end > start;
  return Array.from({ length: count }, (_, index) => {
    const char = value.charAt(index);
    const selected = isRange && index >= start && index < end;
    const active = start !== null && !isRange && index === Math.min(start, count - 1);
    return { char, active, caret: active && char === '', selected };
  });
};

/** Before which cell the gap is wider: codes of six digits and more are read in two halves. */
export const middle = (length: number): number => (length < 6 ? -1 : Math.ceil(length / 2));
