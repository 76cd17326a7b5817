import { randomInt } from 'node:crypto';
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

  /** Numbers of the strings that start with a prefix, which is not empty. */
  startingWith(prefix: ByteString): number[] {
    const { bytes, starts } = this;
    const wanted = Buffer.from(prefix, 'latin1');
    const [first] = wanted;
    const found: number[] = [];
    // Most strings differ in the first byte: a call of `compare` for each takes ten times as long.
    for (let id = 0; id + 1 < starts.length; id++) {
      const start = starts[id] ?? 0;
      const end = start + wanted.length;
      if (bytes[start] !== first || end > (starts[id + 1] ?? 0)) continue;
      if (bytes.compare(wanted, 0, wanted.length, start, end) === 0) found.push(id);
    }
    return found;
  }
}

/**
 * Gives each distinct string a number. A hash table over the bytes themselves: a `Map` of strings keeps a million
 * strings alive while a large layer is read, and takes twice the time (docs/performance.md).
 */
export class StringTableBuilder {
  private bytes = new Uint8Array(64 * 1024);
  private starts = new Uint32Array(4096);
  private count = 1;
  /** String numbers by hash, 0 where there is none; at most half full, its length a power of two. */
  private slots = new Uint32Array(8192);
  private hashes = new Uint32Array(4096);

  /** Bytes of all strings together. */
  get byteLength(): number {
    return this.starts[this.count] ?? 0;
  }

  /** @param from where in the text the string starts @param to where it ends */
  intern(text: ByteString, from = 0, to = text.length): number {
    if (from >= to) return 0;
    const hash = hashOf(text, from, to);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let id = this.slots[slot] ?? 0; id !== 0; id = this.slots[slot] ?? 0) {
      if (this.hashes[id] === hash && this.equals(id, text, from, to)) return id;
      slot = (slot + 1) & mask;
    }
    return this.add(text, from, to, hash, slot);
  }

  finish(): StringTable {
    return { bytes: this.bytes.slice(0, this.starts[this.count]), starts: this.starts.slice(0, this.count + 1) };
  }

  private equals(id: number, text: ByteString, from: number, to: number): boolean {
    const start = this.starts[id] ?? 0;
    if ((this.starts[id + 1] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at++) if (this.bytes[start + at - from] !== text.charCodeAt(at)) return false;
    return true;
  }

  private add(text: ByteString, from: number, to: number, hash: number, slot: number): number {
    const id = this.count++;
    const start = this.starts[id] ?? 0;
    const end = start + to - from;
    if (end > this.bytes.length) this.bytes = grown(this.bytes, new Uint8Array(Math.max(this.bytes.length * 2, end)));
    if (id + 2 > this.starts.length) {
      this.starts = grown(this.starts, new Uint32Array(this.starts.length * 2));
      this.hashes = grown(this.hashes, new Uint32Array(this.starts.length));
    }
    for (let at = from; at < to; at++) this.bytes[start + at - from] = text.charCodeAt(at);
    this.starts[id + 1] = end;
    this.hashes[id] = hash;
    this.slots[slot] = id;
    if (this.count * 2 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let id = 1; id < this.count; id++) {
      let slot = (this.hashes[id] ?? 0) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = id;
    }
  }
}

/** A new seed in each process: nobody can prepare an image whose names all fall into one slot. */
const seed = randomInt(2 ** 32);

/** The hash of a string's bytes, 32 bits (MurmurHash3's mixing, a byte at a time). */
function hashOf(text: ByteString, from: number, to: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function grown<Column extends Uint8Array | Uint32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
