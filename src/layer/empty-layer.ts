import { ContentDigests } from './content-digests.ts';
import { LayerIndexBuilder } from './layer-index-builder.ts';
import type { ScannedBlob } from './scan-blob.ts';

const nothing = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

let known: ScannedBlob | undefined;

/** What a scan finds in no bytes at all. One for all: a tar of a root filesystem has empty files by the thousand. */
export function emptyLayer(): ScannedBlob {
  return (known ??= {
    index: new LayerIndexBuilder('').finish(0, []),
    digests: new ContentDigests(0),
    kept: new Map(),
    compression: 'none',
    blobBytes: 0,
    hashes: { blob: nothing, tar: nothing },
    chunks: null,
  });
}
