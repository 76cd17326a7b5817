import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ArchiveKind, EngineKind } from '../image/image.ts';
import type { Reference } from '../image/reference.ts';
import { chunkSize } from '../layer/file-extent.ts';
import { statOrNull } from './layout-directory.ts';
import type { NamedStream } from './named-stream.ts';

/** An archive or a layout, found. */
export type LocatedArchive = {
  /** As the user named the image. */
  readonly text: string;
  /** Names the archive in errors. */
  readonly path: string;
  /** What stands behind `#`, or in `oci:DIR:TAG` behind the last colon. */
  readonly selector: string | null;
  /** What it has to be; null: to be told by looking at the bytes. */
  readonly kind: ArchiveKind | null;
  /** The engine that makes it; null for what was there before. */
  readonly engine: EngineKind | null;
} & (
  | { readonly is: 'directory' }
  | { readonly is: 'file'; readonly file: string; readonly size: number }
  /** It can be had once only. */
  | { readonly is: 'stream'; readonly open: () => AsyncIterable<Buffer> }
);

type ArchiveReference = Extract<Reference, { readonly from: 'stdin' | 'path' }>;

/**
 * Finds a file or directory, and splits off what selects within it: `FILE#IMAGE`, or `oci:DIR:TAG`.
 * @returns null if nothing is there
 */
export function locateArchive(reference: ArchiveReference, stdin: Readable): LocatedArchive | null {
  const { kind, text } = reference;
  const facts = { text, kind, engine: null };
  if (reference.from === 'stdin') {
    const hash = text.indexOf('#');
    const selector = hash === -1 ? null : text.slice(hash + 1);
    return { ...facts, path: 'standard input', selector, is: 'stream', open: () => stdin as AsyncIterable<Buffer> };
  }
  const { path } = reference;
  const marks = kind === 'oci' ? ['#', ':'] : ['#'];
  // A file that really has such a name comes first.
  const splits = [path.length, ...marks.map((mark) => path.lastIndexOf(mark)).filter((at) => at > 0)];
  for (const at of splits) {
    const file = path.slice(0, at);
    const stats = statOrNull(file);
    if (stats === null) continue;
    const found = { ...facts, path: file, selector: at === path.length ? null : path.slice(at + 1) };
    if (stats.isDirectory()) return { ...found, is: 'directory' };
    if (stats.isFile()) return { ...found, is: 'file', file, size: stats.size };
    // A pipe has no positions: it is read as it comes.
    const open = (): AsyncIterable<Buffer> => createReadStream(file, { highWaterMark: chunkSize });
    return { ...found, is: 'stream', open };
  }
  return null;
}

/**
 * The bytes of an image that can be had once only: from standard input, from a named pipe (`<(docker save app)` is one),
 * from an engine. Null for what can be read again.
 */
export function onceOnly(archive: LocatedArchive): NamedStream | null {
  return archive.is === 'stream' ? { what: archive.path, bytes: archive.open() } : null;
}

/** The same archive, to be read from a file that holds a copy of it. */
export function inCopy({ text, path, selector, kind, engine }: LocatedArchive, file: string): LocatedArchive {
  return { text, path, selector, kind, engine, is: 'file', file, size: statOrNull(file)?.size ?? 0 };
}
