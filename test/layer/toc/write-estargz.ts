import { gzipSync } from 'node:zlib';
import { writeTar } from '../../engines/corpus/tar-header.ts';
import { file } from '../../write-layer.ts';
import { MemberWriter, sha256, type TocItems, type WrittenEntry } from './write-members.ts';

export interface EstargzOptions {
  /** Bytes of a file in one gzip member: 4 MiB unless said, as of all writers. */
  readonly chunkSize?: number;
  /** Members are not closed for the next file before they hold as much: 0 unless said. */
  readonly minChunkSize?: number;
  /** Of gzip: 1 unless said. */
  readonly level?: number;
  /**
   * Who writes: `estargz.Build` (nerdctl, kaniko, crane) puts a landmark, and the table as the last file of the tar;
   * BuildKit keeps the tar as it was, with the table behind its end.
   */
  readonly like: 'build' | 'buildkit';
}

export interface WrittenLayer {
  /** Those of the layer's descriptor. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Bytes of the blob. */
  readonly size: number;
  /** What is in the table, in its order. */
  readonly entries: readonly WrittenEntry[];
  /** Where the table starts in the blob. */
  readonly tocOffset: number;
}

/**
 * Writes an eStargz layer (estargz.md), entry by entry: no more of it is in memory than one file and the table.
 * @param write takes the blob's bytes in order
 */
export function writeEstargz(items: TocItems, options: EstargzOptions, write: (bytes: Buffer) => void): WrittenLayer {
  const { chunkSize = 4 * 1024 * 1024, minChunkSize = 0, level = 1 } = options;
  const writer = new MemberWriter({ compress: (bytes) => gzipSync(bytes, { level }), chunkSize, minChunkSize, write });
  const entries: WrittenEntry[] = [];
  const landmark = ['.no.prefetch.landmark', file(Buffer.from([0xf]), { mode: 0o644, mtime: 0 })] as const;
  for (const [name, item] of options.like === 'build' ? withFirst(landmark, items) : items) {
    const { entry, chunks } = writer.add(name, item);
    entries.push(entry);
    if (chunks.length > 0) entry['digest'] = sha256(Buffer.from(item.content ?? ''));
    chunks.forEach(({ offset, innerOffset, position, bytes }, at) => {
      const chunk: WrittenEntry = at === 0 ? entry : { name: entry.name, type: 'chunk' };
      if (at > 0) entries.push(chunk);
      chunk['offset'] = offset;
      if (innerOffset > 0) chunk['innerOffset'] = innerOffset;
      if (position > 0) chunk['chunkOffset'] = position;
      if (at < chunks.length - 1) chunk['chunkSize'] = bytes.length;
      chunk['chunkDigest'] = sha256(bytes);
    });
  }
  if (options.like === 'buildkit') writer.push(Buffer.alloc(1024));
  writer.flush();
  const tocOffset = writer.offset;
  const json = Buffer.from(JSON.stringify({ version: 1, entries }, null, '\t'));
  writer.writeRaw(tableAndFooter(json, tocOffset));
  return { annotations: annotationsOf(json), size: writer.offset, entries, tocOffset };
}

/** What stands at the end of the blob: the table as the one file of a tar, and where it is. */
export function tableAndFooter(json: Buffer, tocOffset: number): Buffer {
  const tar = writeTar([{ name: 'stargz.index.json', content: json, mode: 0, mtime: 0 }]);
  return Buffer.concat([gzipSync(tar), footer(tocOffset)]);
}

export function annotationsOf(json: Buffer): Readonly<Record<string, string>> {
  return { 'containerd.io/snapshot/stargz/toc.digest': sha256(json) };
}

/** An empty gzip member whose Extra field has the offset. */
function footer(tocOffset: number): Buffer {
  const subfield = `${tocOffset.toString(16).padStart(16, '0')}STARGZ`;
  return Buffer.concat([
    Buffer.from('1f8b08040000000000ff1a00', 'hex'),
    Buffer.from(`SG\u0016\u0000${subfield}`, 'latin1'),
    Buffer.from('010000ffff0000000000000000', 'hex'),
  ]);
}

function* withFirst<Value>(first: Value, rest: Iterable<Value>): Generator<Value, void, void> {
  yield first;
  yield* rest;
}
