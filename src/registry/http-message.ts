/** A request; its URL has neither user nor password. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer whose body is still to be read, or to be given up. */
export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  /** Null if there is none; several of a name are joined as RFC 9110, 5.3 has it. */
  readonly header: (name: string) => string | null;
  /** Each of a name by itself. */
  readonly headers: (name: string) => readonly string[];
  /** To be read once, see `bodyChunks`. */
  readonly body: AsyncIterable<Buffer>;
  /** Gives up the body unread. */
  readonly discard: () => void;
}
