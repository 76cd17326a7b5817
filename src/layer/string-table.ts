import type { ByteString } from '../text/byte-string.ts';

/**
 * Distinct byte strings by number, as two transferable arrays: `bytes` holds them end to end, string `i` from
 * `starts[i]` to `starts[i + 1]`. Number 0 is the empty string.
 */
export interface StringTable {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
}

/** The string of a number. Decoded anew at each call: callers that need it often keep it. */
export function stringAt({ bytes, starts }: StringTable, id: number): ByteString {
  const start = starts[id] ?? 0;
  const end = starts[id + 1] ?? start;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** Gives each distinct string a number. */
export class StringTableBuilder {
  private readonly ids = new Map<ByteString, number>([['', 0]]);
  private bytes = Buffer.alloc(64 * 1024);
  private starts = new Uint32Array(4096);
  private used = 0;

  intern(text: ByteString): number {
    if (text === '') return 0;
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.ids.size;
    this.ids.set(text, id);
    if (this.used + text.length > this.bytes.length) this.growBytes(text.length);
    if (id + 2 > this.starts.length) this.growStarts();
    this.starts[id] = this.used;
    this.used += this.bytes.write(text, this.used, 'latin1');
    this.starts[id + 1] = this.used;
    return id;
  }

  finish(): StringTable {
    return {
      bytes: new Uint8Array(this.bytes.subarray(0, this.used)),
      starts: this.starts.slice(0, this.ids.size + 1),
    };
  }

  private growBytes(atLeast: number): void {
    const grown = Buffer.alloc(Math.max(this.bytes.length * 2, this.used + atLeast));
    this.bytes.copy(grown, 0, 0, this.used);
    this.bytes = grown;
  }

  private growStarts(): void {
    const grown = new Uint32Array(this.starts.length * 2);
    grown.set(this.starts);
    this.starts = grown;
  }
}
