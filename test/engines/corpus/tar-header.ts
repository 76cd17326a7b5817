/** How a header is written. `ustar` has magic and prefix, `gnu` GNU's magic and base-256 numbers, `v7` neither. */
type HeaderFormat = 'ustar' | 'gnu' | 'v7';

/** The time of an entry that says none. */
const DEFAULT_MTIME = 1_700_000_000;

export interface TarEntry {
  /** A string is written as UTF-8; bytes as they are. */
  readonly name: string | Buffer;
  /** The type flag, `0` (a regular file) unless said. */
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly link?: string | Buffer;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  /** What the size field says; the length of the content unless said. */
  readonly size?: number;
  readonly device?: readonly [major: number, minor: number];
  readonly format?: HeaderFormat;
  /** Changes the header before its checksum is summed: for fields that no writer would write so. */
  readonly patch?: (block: Buffer) => void;
  /** Whether bytes are summed as signed ones, as some old writers did. */
  readonly signedChecksum?: boolean;
}

const BLOCK = 512;

/** A tar, byte for byte as asked: also names, orders and types that no tar program would write. */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(entryBlocks), Buffer.alloc(2 * BLOCK)]);
}

/** A PAX record set for the entry that follows (`x`) or for all that follow (`g`). */
export function paxHeader(records: Readonly<Record<string, string | Buffer>>, type: 'x' | 'g' = 'x'): TarEntry {
  const content = Buffer.concat(Object.entries(records).map(([key, value]) => paxRecord(key, Buffer.from(value))));
  return { name: type === 'x' ? 'PaxHeaders/entry' : 'PaxHeaders/global', type, content, format: 'ustar' };
}

/** GNU's way to write a name (`L`) or a link target (`K`) that does not fit the header. */
export function gnuLongName(value: string | Buffer, type: 'L' | 'K' = 'L'): TarEntry {
  const content = Buffer.concat([Buffer.from(value), Buffer.alloc(1)]);
  return { name: '././@LongLink', type, content, format: 'gnu', mode: 0 };
}

function entryBlocks(entry: TarEntry): Buffer[] {
  const content = Buffer.from(entry.content ?? '');
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return [header(entry, entry.size ?? content.length), content, padding];
}

function header(entry: TarEntry, size: number): Buffer {
  const { name, type = '0', link = '', mode = 0o644, uid = 0, gid = 0, device, format = 'ustar' } = entry;
  const { mtime = DEFAULT_MTIME, signedChecksum = false } = entry;
  const block = Buffer.alloc(BLOCK);
  const text = (value: string | Buffer, at: number, length: number): void => {
    const bytes = Buffer.from(value);
    if (bytes.length > length) throw new Error(`does not fit ${length} bytes: ${bytes.toString()}`);
    bytes.copy(block, at);
  };
  text(name, 0, 100);
  number(block, 100, 8, mode);
  number(block, 108, 8, uid);
  number(block, 116, 8, gid);
  number(block, 124, 12, size);
  number(block, 136, 12, mtime);
  text(type, 156, 1);
  text(link, 157, 100);
  if (format !== 'v7') text(format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 8);
  if (device !== undefined) {
    number(block, 329, 8, device[0]);
    number(block, 337, 8, device[1]);
  }
  entry.patch?.(block);
  // The checksum counts its own field as spaces.
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + (signedChecksum && byte > 127 ? byte - 256 : byte), 0);
  text(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return block;
}

/** Octal where it fits, else base-256: a set top bit and a big-endian number in two's complement. */
function number(block: Buffer, at: number, length: number, value: number): void {
  if (value < 0) {
    block.fill(0xff, at, at + length - 6);
    block.writeIntBE(value, at + length - 6, 6);
    return;
  }
  const octal = value.toString(8);
  if (octal.length < length) {
    block.write(`${octal.padStart(length - 1, '0')}\0`, at, 'latin1');
    return;
  }
  block.writeUIntBE(value, at + length - 6, 6);
  block[at] = 0x80;
}

/** `LENGTH KEY=VALUE\n`, where LENGTH counts its own digits. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
