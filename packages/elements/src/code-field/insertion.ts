import { readCode, toAsciiDigits } from '@countersign/core/code';
import type { CodeSource } from './attempts.ts';

/** How an input event filled the field. */
export interface Insertion {
  source: CodeSource;
  /** How many digits were typed. */
  digits: number;
}

/**
 * Tells typing from filling in. Browsers disagree: Chrome's autofill sends an event without `inputType`, Firefox
 * `insertReplacementText`, iOS the whole code as `insertText`; a composing keyboard repeats in `data` what it had before.
 */
export const readInsertion = (event: Pick<InputEvent, 'inputType' | 'data'>, length: number): Insertion => {
  const { inputType, data } = event;
  const isFilled =
    !inputType ||
    inputType === 'insertReplacementText' ||
    (inputType !== 'insertCompositionText' && readCode(data ?? '', length).length >= length);
  return isFilled
    ? { source: 'inserted', digits: 0 }
    : { source: 'typed', digits: inputType.startsWith('insert') ? 1 : 0 };
};

const digitsOf = (text: string): string => toAsciiDigits(text).replace(/\D/gu, '');

/** Whether a key press brings something that can't be in a code. */
export const isForeign = (data: string): boolean => digitsOf(data) === '';

/** The same place in the code as in the text it was read from, if the code is just its digits; else the end. */
export const caretIn = (code: string, text: string, caret: number): number =>
  digitsOf(text) === code ? digitsOf(text.slice(0, caret)).length : code.length;
