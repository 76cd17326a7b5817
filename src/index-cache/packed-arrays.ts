/** A column of a `ScannedBlob`. */
export type NumberArray =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/**
 * How an array stands in the file: bytes an element, and elements. With 0 bytes an element all are the same, and stand
 * there once, as a double.
 */
export type PackedShape = readonly [width: number, length: number];

/** What stands in the file is no array that could have been written there. */
export class DamagedArray extends Error {}

/** Arrays start at multiples of this, so that the longest elements can be read where they stand. */
const alignment = 8;

/** No array has more elements than the largest layer has entries; one that says so without holding them is refused. */
const longestRepeat = 10_000_000;

/** Turns arrays into bytes, each with elements as narrow as their values allow. */
export class ArrayPacker {
  readonly shapes: PackedShape[] = [];
  readonly parts: Uint8Array[] = [];

  add(values: NumberArray): void {
    const width = narrowest(values);
    const packed = width === 0 ? Float64Array.of(values[0] ?? 0) : resized(values, width);
    this.shapes.push([width, values.length]);
    this.push(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength));
    this.push(new Uint8Array(padding(packed.byteLength)));
  }

  /** Nothing empty: zlib takes a piece without memory of its own for the wish to start a checksum anew. */
  private push(part: Uint8Array): void {
    if (part.length > 0) this.parts.push(part);
  }
}

/** Gives arrays back in the order in which they were added, each in memory of its own. */
export class ArrayUnpacker {
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly shapes: readonly PackedShape[];
  private at: number;
  private next = 0;

  /** @param start where the first array stands, a multiple of `alignment` */
  constructor(bytes: Uint8Array<ArrayBuffer>, start: number, shapes: readonly PackedShape[]) {
    this.bytes = bytes;
    this.at = start;
    this.shapes = shapes;
  }

  /**
   * @param kind any array of the kind that was added
   * @param holds whether the elements are what they have to be; it sees them as they are stored, which is fewer or
   *   narrower ones, and so quicker to look at
   * @throws DamagedArray if they are not, or if the bytes there cannot hold what they are said to: then nothing was
   *   allocated
   */
  take<Column extends NumberArray>(kind: Column, holds: (stored: NumberArray) => boolean = () => true): Column {
    const create = kind.constructor as new (length: number) => Column;
    const [width, length] = this.shapes[this.next++] ?? [-1, 0];
    const stored = width === 0 ? 8 : width * length;
    if (!(length >= 0 && stored <= this.bytes.length - this.at)) throw new DamagedArray();
    if (width > kind.BYTES_PER_ELEMENT || (width === 0 && length > longestRepeat)) throw new DamagedArray();
    let packed = viewOf(this.bytes.buffer, this.bytes.byteOffset + this.at, width, width === 0 ? 1 : length);
    if (width === 0) {
      // As an element of the kind, for -1 as a double is more than four billion as an integer.
      const one = new create(1);
      one.set(packed);
      packed = one;
    }
    if (!holds(packed)) throw new DamagedArray();
    this.at += stored + padding(stored);
    const column = new create(length);
    if (width === 0) column.fill(packed[0] ?? 0);
    else column.set(packed);
    return column;
  }

  /** Whether everything was taken, to the last byte. */
  get isDone(): boolean {
    return this.at === this.bytes.length && this.next === this.shapes.length;
  }
}

/** Zero bytes to the next array. */
export function padding(byteLength: number): number {
  return (alignment - (byteLength % alignment)) % alignment;
}

/** Bytes stay bytes: most are digests and names, and there is nothing to gain from looking. */
function narrowest(values: NumberArray): number {
  if (values instanceof Uint8Array) return 1;
  const first = values[0] ?? 0;
  let same = true;
  let most = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    same &&= Object.is(value, first);
    // A zero below zero is a double, too.
    most = Object.is(value >>> 0, value) ? Math.max(most, value) : Infinity;
  }
  if (same) return 0;
  return most < 2 ** 8 ? 1 : most < 2 ** 16 ? 2 : most < 2 ** 32 ? 4 : 8;
}

function resized(values: NumberArray, width: number): NumberArray {
  if (values.BYTES_PER_ELEMENT === width) return values;
  const narrow = viewOf(new ArrayBuffer(width * values.length), 0, width, values.length);
  narrow.set(values);
  return narrow;
}

function viewOf(buffer: ArrayBuffer, start: number, width: number, length: number): NumberArray {
  switch (width) {
    case 1:
      return new Uint8Array(buffer, start, length);
    case 2:
      return new Uint16Array(buffer, start, length);
    case 4:
      return new Uint32Array(buffer, start, length);
    case 0:
    case 8:
      return new Float64Array(buffer, start, length);
    default:
      throw new DamagedArray();
  }
}
