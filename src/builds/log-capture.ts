import { StringDecoder } from 'node:string_decoder';
import { logLine, type LogLine, longestLine } from './log/log-line.ts';

/** What of a build's output is kept, in characters; steps of a build that says more are not told. */
const defaultRoom = 64 * 1024 * 1024;

/** Keeps what a builder prints, line by line, with the time at which each came, while it goes on to the user. */
export class LogCapture {
  readonly #lines: LogLine[] = [];
  readonly #rests: (() => void)[] = [];
  readonly #now: () => number;
  #room: number;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number, room = defaultRoom) {
    this.#now = now;
    this.#room = room;
  }

  /** Takes the chunks of one stream, whose lines are its own. */
  stream(): (chunk: Buffer) => void {
    const decoder = new StringDecoder('utf8');
    let open = '';
    this.#rests.push(() => {
      if (open !== '') this.#add(open);
    });
    return (chunk) => {
      const pieces = decoder.write(chunk).split('\n');
      const rest = pieces.pop() ?? '';
      for (const piece of pieces) {
        this.#add(open + piece);
        open = '';
      }
      if (open.length < longestLine) open += rest;
    };
  }

  /** All lines of all streams in the order in which they came, those without an end last. */
  end(): readonly LogLine[] {
    for (const rest of this.#rests.splice(0)) rest();
    return this.#lines;
  }

  #add(line: string): void {
    this.#room -= line.length;
    if (this.#room >= 0) this.#lines.push(logLine(line.slice(0, longestLine), this.#now()));
  }
}
