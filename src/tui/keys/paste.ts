const end = '\u001b[201~';

/** Characters of a paste that are kept. It goes into a filter or a file name: 64 Ki are plenty, and memory is bounded. */
const longestPaste = 64 * 1024;

/** A bracketed paste on its way. */
export class Paste {
  #kept = '';
  /** How much of the end mark has come. */
  #matched = 0;

  /** @returns whether the paste is over with this character */
  take(character: string): boolean {
    if (character === end[this.#matched]) {
      this.#matched++;
      return this.#matched === end.length;
    }
    const notTheEnd = end.slice(0, this.#matched);
    // The end mark has an escape in its first place only, so what fails there can only start anew with an escape.
    this.#matched = character === end[0] ? 1 : 0;
    const more = this.#matched === 1 ? notTheEnd : notTheEnd + character;
    if (this.#kept.length + more.length <= longestPaste) this.#kept += more;
    return false;
  }

  /** The text, with line feeds where terminals send carriage returns. */
  text(): string {
    return this.#kept.replaceAll(/\r\n?/g, '\n');
  }
}
