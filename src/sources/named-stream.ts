/** A stream, and what it is called in progress and errors. */
export interface NamedStream {
  readonly what: string;
  readonly bytes: AsyncIterable<Buffer>;
}
