import type { Digest } from '../image/digest.ts';

/** A layer's blob on another machine: to be read through from the front, or in parts. */
export interface RemoteBlob {
  readonly digest: Digest;
  /** Bytes, as the descriptor says. */
  readonly size: number;
  readonly mediaType: string | null;
  /** Those of its descriptor: where a table of contents is, among other things. */
  readonly annotations: Readonly<Record<string, string>>;
  /**
   * All its bytes; each call starts anew. The last chunk is given only when the whole has the right size and digest.
   * @throws LayerscopeError `wrong-digest`, `wrong-size`, and whatever stands between here and there
   */
  readonly open: () => AsyncIterable<Buffer>;
  /**
   * Some of its bytes. Nothing vouches for them: whoever asks has a digest of what they hold.
   * @returns exactly `length` bytes
   * @throws LayerscopeError if the other side does not give parts of a blob
   */
  readonly read: (offset: number, length: number) => Promise<Buffer>;
}
