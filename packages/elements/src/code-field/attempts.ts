/** Digits came one by one, or a whole code at once: pasted, dropped, or filled in by the browser. */
export type CodeSource = 'typed' | 'inserted';

/**
 * Remembers what a code field has told already, and after a wrong code whether what stands there now is a new attempt:
 * a whole code inserted, or as many digits typed as the code has. Correcting one digit is not, or the field would spend
 * a try that the person had not asked for.
 */
export class Attempts {
  #told = '';
  #failed = false;
  #typed = 0;

  /** The last code was wrong, or the field starts again. */
  restart(failed: boolean): void {
    this.#told = '';
    this.#failed = failed;
    this.#typed = 0;
  }

  /** Counts what came, and says whether the code is complete for the first time. */
  isNew(code: string, { length, digits }: { length: number; digits: number }): boolean {
    this.#typed += digits;
    const told = this.#told;
    this.#told = code.length === length ? code : '';
    return this.#told !== '' && this.#told !== told;
  }

  /** Whether a complete code may be sent without the person pressing anything. */
  maySubmit(source: CodeSource, length: number): boolean {
    return !this.#failed || source === 'inserted' || this.#typed >= length;
  }
}
