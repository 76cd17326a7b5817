import type { EntryRef } from '../../filesystem/entry-ref.ts';
import type { ByteString } from '../../text/byte-string.ts';

/** A regular file as some layer has it, as far as it was read. */
export interface FileContent {
  /** Where it was opened, with a leading slash. */
  readonly path: ByteString;
  /** The entry that holds it. */
  readonly ref: EntryRef;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /** Its first part, or all of it. */
  readonly bytes: Uint8Array;
  /** What it is where that is known, such as `PNG image` or `gzip archive`. */
  readonly format: string | null;
  /** Whether those bytes are text: valid UTF-8, or UTF-16 with a byte-order mark, and no NUL. */
  readonly text: boolean;
}
