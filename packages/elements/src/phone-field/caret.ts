/** A text being typed and where its caret stands. */
export interface Draft {
  text: string;
  caret: number;
}

/** What led to a draft. */
export interface Edit {
  /** The text before. */
  before: string;
  /** Missing where Chrome has filled in, whose event is a plain one. */
  inputType: string | undefined;
}

/** The characters that are part of the number; everything else is there for the eye. */
export const significant = (text: string): string => text.replace(/(?!^\+)\D/gu, '');

/** The place in a formatted number that has the same digits before it. */
export const caretAfter = (formatted: string, before: number): number => {
  if (before === 0) return 0;
  if (significant(formatted).length <= before) return formatted.length;
  let caret = 0;
  while (significant(formatted.slice(0, caret)).length < before) caret += 1;
  return caret;
};

/**
 * A delete key that took only a separator, which formatting would bring back, takes the digit beside it as well; else
 * the key would seem to do nothing.
 */
export const deleteThrough = (draft: Draft, { before, inputType }: Edit): Draft => {
  const { text, caret } = draft;
  if (text.length >= before.length || significant(text) !== significant(before)) return draft;
  const head = text.slice(0, caret);
  const tail = text.slice(caret);
  if (inputType === 'deleteContentForward') return { text: head + tail.replace(/\d/u, ''), caret };
  const shorter = head.replace(/[+\d]\D*$/u, '');
  return { text: shorter + tail, caret: shorter.length };
};
