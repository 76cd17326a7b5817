import { closeSync } from 'node:fs';
import { problem } from '../errors.ts';
import type { ArchiveKind } from '../image/image.ts';
import { decompress, sniffCompression } from '../layer/compression.ts';
import { openExtent, openFile, readFully } from '../layer/file-extent.ts';
import { blockSize, isZeroBlock } from '../layer/tar/block.ts';
import { checksumHolds } from '../layer/tar/checksum.ts';
import type { OnProgress } from '../progress.ts';
import { openArchiveFile } from './archive-file.ts';
import { readArchiveStream } from './archive-stream.ts';
import { assembleImage, type OpenedImage } from './assemble.ts';
import type { BlobStore } from './blob-store.ts';
import { readCatalog } from './catalog.ts';
import { openLayoutDirectory } from './layout-directory.ts';
import type { LocatedArchive } from './locate.ts';
import { peekStart } from './peek-start.ts';
import { type PlatformWish, selectImage, selectPlatform } from './select.ts';

export interface OpenOptions {
  readonly platform: PlatformWish;
  /** Whether layers are to be hashed, so that their digests can be verified. */
  readonly verify: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Opens an archive or a layout, whatever wraps it, and picks an image if it holds several.
 * @throws LayerscopeError if there is none, or its metadata is not what it claims to be
 */
export async function openArchive(archive: LocatedArchive, options: OpenOptions): Promise<OpenedImage> {
  const { text, path, selector, kind, engine } = archive;
  const store = await openStore(archive, options);
  const found = expectKind(store, kind);
  const { names, platforms } = selectImage(readCatalog(store), selector, path);
  const chosen = selectPlatform(platforms, options.platform, path);
  return assembleImage(store, chosen, {
    reference: text,
    source: engine ?? found,
    names,
    platforms: platforms.map(({ platform }) => platform),
  });
}

async function openStore(archive: LocatedArchive, { verify, onProgress }: OpenOptions): Promise<BlobStore> {
  const { path } = archive;
  switch (archive.is) {
    case 'directory':
      return openDirectory(path);
    case 'stream':
      return openStream(path, archive.open(), null, verify, counted(path, null, onProgress));
    case 'file': {
      const { file, size } = archive;
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
function expectKind(store: BlobStore, asked: ArchiveKind | null): ArchiveKind {
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
