import type { ByteString } from '../text/byte-string.ts';

/**
 * Distinct byte strings by number, as two transferable arrays: `bytes` holds them end to end, string `i` from
 * `starts[i]` to `starts[i + 1]`. Number 0 is the empty string.
 */
export interface StringTable {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
}

/** Decodes strings of a table as they are asked for, each once. */
export class StringReader {
  private readonly bytes: Buffer;
  private readonly starts: Uint32Array;
  private readonly decoded: (ByteString | undefined)[] = [];

  constructor({ bytes, starts }: StringTable) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.starts = starts;
  }

  get(id: number): ByteString {
    const known = this.decoded[id];
    if (known !== undefined) return known;
    const text = this.bytes.toString('latin1', this.starts[id] ?? 0, this.starts[id + 1] ?? 0);
    this.decoded[id] = text;
    return text;
  }

  /** Numbers of the strings that start with a prefix. */
  startingWith(prefix: ByteString): number[] {
    const wanted = Buffer.from(prefix, 'latin1');
    const found: number[] = [];
    for (let id = 0; id + 1 < this.starts.length; id++) {
      const start = this.starts[id] ?? 0;
      const end = start + wanted.length;
      if (end <= (this.starts[id + 1] ?? 0) && this.bytes.compare(wanted, 0, wanted.length, start, end) === 0)
        found.push(id);
    }
    return found;
  }
}

/** Gives each distinct string a number. */
export class StringTableBuilder {
  private readonly ids = new Map<ByteString, number>([['', 0]]);
  private bytes = Buffer.alloc(64 * 1024);
  private starts = new Uint32Array(4096);
  private used = 0;

  /** Bytes of all strings together. */
  get byteLength(): number {
    return this.used;
  }

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
