import { closeSync, createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { problem } from '../errors.ts';
import type { SourceKind } from '../image/image.ts';
import type { Platform } from '../image/platform.ts';
import type { Reference } from '../image/reference.ts';
import { decompress, sniffCompression } from '../layer/compression.ts';
import { chunkSize, openExtent, openFile, readFully } from '../layer/file-extent.ts';
import { blockSize, isZeroBlock } from '../layer/tar/block.ts';
import { checksumHolds } from '../layer/tar/checksum.ts';
import type { OnProgress } from '../progress.ts';
import { openArchiveFile } from './archive-file.ts';
import { readArchiveStream } from './archive-stream.ts';
import { assembleImage, type OpenedImage } from './assemble.ts';
import type { BlobStore } from './blob-store.ts';
import { readCatalog } from './catalog.ts';
import { openLayoutDirectory, statOrNull } from './layout-directory.ts';
import type { NamedStream } from './named-stream.ts';
import { peekStart } from './peek-start.ts';
import { selectImage, selectPlatform } from './select.ts';

export interface OpenOptions {
  /** The platform asked for, if any. */
  readonly platform: Platform | null;
  readonly host: Platform;
  readonly stdin: Readable;
  /** A file with what `onceOnly` gave, if that was kept. */
  readonly copy?: string | null;
  /** Whether layers are to be hashed, so that their digests can be verified. */
  readonly verify: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Opens an image wherever it is and whatever wraps it, and picks one if there are several.
 * @throws LayerscopeError if there is none, or its metadata is not what it claims to be
 */
export async function openImage(reference: Reference, options: OpenOptions): Promise<OpenedImage> {
  const located = locate(reference, options.copy ?? null);
  const store = await openStore(located, options);
  const kind = expectKind(store, reference.kind);
  const image = selectImage(readCatalog(store), located.selector, located.path);
  const chosen = selectPlatform(image, options.platform, options.host, located.path);
  return assembleImage(store, chosen, { reference: reference.text, source: kind, names: image.names });
}

/** `path` names it in errors. */
type Located = { readonly path: string; readonly selector: string | null } & (
  | { readonly is: 'directory' | 'stdin' | 'pipe' }
  | { readonly is: 'file'; readonly file: string; readonly size: number }
);

/** Finds the file or directory, and splits off what selects within it: `FILE#IMAGE`, or `oci:DIR:TAG`. */
function locate(reference: Reference, copy: string | null): Located {
  if (reference.from === 'stdin') {
    const hash = reference.text.indexOf('#');
    const stdin = { path: 'standard input', selector: hash === -1 ? null : reference.text.slice(hash + 1) };
    return copy === null ? { ...stdin, is: 'stdin' } : { ...stdin, ...fileOf(copy) };
  }
  const { path, kind } = reference;
  const marks = kind === 'oci' ? ['#', ':'] : ['#'];
  // A file that really has such a name comes first.
  const splits = [path.length, ...marks.map((mark) => path.lastIndexOf(mark)).filter((at) => at > 0)];
  for (const at of splits) {
    const stats = statOrNull(path.slice(0, at));
    if (stats === null) continue;
    const found = { path: path.slice(0, at), selector: at === path.length ? null : path.slice(at + 1) };
    if (stats.isDirectory()) return { ...found, is: 'directory' };
    if (stats.isFile()) return { ...found, is: 'file', file: found.path, size: stats.size };
    return copy === null ? { ...found, is: 'pipe' } : { ...found, ...fileOf(copy) };
  }
  throw problem('not-found', { path });
}

function fileOf(copy: string): { readonly is: 'file'; readonly file: string; readonly size: number } {
  return { is: 'file', file: copy, size: statOrNull(copy)?.size ?? 0 };
}

/**
 * The bytes of an image that can be had once only: from standard input, or from a named pipe (`<(docker save app)` is
 * one). Null for what can be read again.
 */
export function onceOnly(reference: Reference, stdin: Readable): NamedStream | null {
  const located = locate(reference, null);
  switch (located.is) {
    case 'stdin':
      return { what: located.path, bytes: stdin as AsyncIterable<Buffer> };
    case 'pipe':
      return { what: located.path, bytes: openPipe(located.path) };
    default:
      return null;
  }
}

/** A pipe has no positions: it is read as it comes. */
function openPipe(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>;
}

async function openStore(located: Located, options: OpenOptions): Promise<BlobStore> {
  const { path } = located;
  const { stdin, verify, onProgress } = options;
  switch (located.is) {
    case 'directory':
      return openDirectory(path);
    case 'stdin':
      return openStream(path, stdin as AsyncIterable<Buffer>, null, verify, counted(path, null, onProgress));
    case 'pipe':
      return openStream(path, openPipe(path), null, verify, counted(path, null, onProgress));
    case 'file': {
      const { file, size } = located;
      if (size === 0) throw problem('empty-input', { path });
      const start = readStart(file, size);
      if (sniffCompression(start, path) === 'none') {
        expectTar(start, path);
        return openArchiveFile({ file, offset: 0, size }, path);
      }
      const open = (): AsyncIterable<Buffer> => openExtent({ file, offset: 0, size });
      return openStream(path, open(), open, verify, counted(path, size, onProgress));
    }
  }
}

function openDirectory(path: string): BlobStore {
  const store = openLayoutDirectory(path);
  if (store.has('oci-layout') && store.has('index.json')) return store;
  throw problem('not-an-image', { path, found: 'a directory without the files of an OCI layout' });
}

type Tap = (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

async function openStream(
  path: string,
  source: AsyncIterable<Buffer>,
  again: (() => AsyncIterable<Buffer>) | null,
  hashed: boolean,
  tap: Tap,
): Promise<BlobStore> {
  const { start, whole } = await peekStart(source, blockSize, (first) => expectImage(first, path));
  const compression = sniffCompression(start, path);
  const reopen = again === null ? null : () => decompress(again(), compression, path);
  return readArchiveStream({ path, bytes: decompress(tap(whole), compression, path), reopen, hashed });
}

function counted(what: string, total: number | null, onProgress: OnProgress): Tap {
  return async function* (source) {
    let done = 0;
    for await (const chunk of source) {
      yield chunk;
      done += chunk.length;
      onProgress({ what, done, total });
    }
  };
}

function readStart(path: string, size: number): Buffer {
  const fd = openFile(path);
  try {
    const start = Buffer.alloc(Math.min(size, blockSize));
    return start.subarray(0, readFully(fd, start, start.length, 0, path));
  } finally {
    closeSync(fd);
  }
}

function expectImage(start: Buffer, path: string): void {
  if (start.length === 0) throw problem('empty-input', { path });
  if (sniffCompression(start, path) === 'none') expectTar(start, path);
}

function expectTar(start: Buffer, path: string): void {
  if (start.length === blockSize && (isZeroBlock(start, 0) || checksumHolds(start, 0))) return;
  throw problem('not-an-image', { path, found: 'neither a tar nor compressed' });
}

/** The kind the store turns out to be, which has to be the one asked for. */
function expectKind(store: BlobStore, asked: SourceKind | null): SourceKind {
  const docker = store.has('manifest.json');
  const oci = store.has('index.json');
  const lacking = (name: string): Error => problem('not-an-image', { path: store.path, found: `${name} is not there` });
  switch (asked) {
    case 'docker-archive':
      if (!docker) throw lacking('manifest.json');
      return asked;
    case 'oci-archive':
    case 'oci':
      if (!oci) throw lacking('index.json');
      return asked;
    case null:
      return store.kind === 'directory' ? 'oci' : docker ? 'docker-archive' : 'oci-archive';
  }
}
