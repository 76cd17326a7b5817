import { createHash, hash, type Hash } from 'node:crypto';
import type { Digest } from '../image/digest.ts';

const digestBytes = 32;

/** SHA-256 of entries' content, 32 bytes a row; a row that is not set is unknown. */
export class ContentDigests {
  private rows: Uint8Array<ArrayBuffer>;
  private known: Uint8Array<ArrayBuffer>;

  constructor(rows = 1024) {
    this.rows = new Uint8Array(rows * digestBytes);
    this.known = new Uint8Array(rows);
  }

  set(row: number, digest: Uint8Array): void {
    if (row >= this.known.length) this.grow(row + 1);
    this.rows.set(digest, row * digestBytes);
    this.known[row] = 1;
  }

  has(row: number): boolean {
    return this.known[row] === 1;
  }

  /** Null if it is unknown. */
  get(row: number): Digest | null {
    if (!this.has(row)) return null;
    return `sha256:${Buffer.from(this.rows.buffer, row * digestBytes, digestBytes).toString('hex')}`;
  }

  /** Whether both are known and the same: as bytes, for text of a million pairs takes a second. */
  equal(row: number, other: ContentDigests, otherRow: number): boolean {
    if (!this.has(row) || !other.has(otherRow)) return false;
    const [start, otherStart] = [row * digestBytes, otherRow * digestBytes];
    for (let at = 0; at < digestBytes; at++) if (this.rows[start + at] !== other.rows[otherStart + at]) return false;
    return true;
  }

  /** The two arrays behind it, for a worker to send. */
  toData(): ContentDigestsData {
    return { rows: this.rows, known: this.known };
  }

  static fromData(data: ContentDigestsData): ContentDigests {
    const digests = new ContentDigests(0);
    digests.rows = data.rows;
    digests.known = data.known;
    return digests;
  }

  private grow(atLeast: number): void {
    const rows = new Uint8Array(Math.max(this.known.length * 2, atLeast) * digestBytes);
    const known = new Uint8Array(rows.length / digestBytes);
    rows.set(this.rows);
    known.set(this.known);
    this.rows = rows;
    this.known = known;
  }
}

export interface ContentDigestsData {
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly known: Uint8Array<ArrayBuffer>;
}

/** SHA-256 of content that arrives in pieces; most files come in one, and hashing those at once is twice as fast. */
export class ContentHasher {
  private running: Hash | null = null;
  private whole: Buffer | null = null;

  /** @param last whether this piece completes the content */
  update(piece: Buffer, last: boolean): void {
    if (this.running === null && last) this.whole = hash('sha256', piece, 'buffer');
    else (this.running ??= createHash('sha256')).update(piece);
  }

  /** The digest of what was fed since the last call. */
  digest(): Uint8Array {
    const digest = this.whole ?? (this.running ?? createHash('sha256')).digest();
    this.whole = null;
    this.running = null;
    return digest;
  }
}
