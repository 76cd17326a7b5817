import { ContentDigests } from './content-digests.ts';
import type { FileExtent } from './file-extent.ts';
import { LayerIndexBuilder } from './layer-index-builder.ts';
import type { ScannedLayer } from './scan-stream.ts';
import { EntryDecoder } from './tar/entry-decoder.ts';
import { walkExtent } from './tar/walk-extent.ts';

/** How many entries pass between two reports of progress. */
const progressEvery = 4096;

/**
 * Indexes an uncompressed layer on disk by its headers. Content is not read but for the head of each file, which comes
 * with its header; digests are left to whoever has a question.
 * @param onProgress told the position in the tar from time to time
 * @throws LayerscopeError `corrupt-tar`, `truncated`, `not-readable`
 */
export function scanExtent(
  fd: number,
  extent: FileExtent,
  what: string,
  onProgress: (position: number) => void,
): ScannedLayer {
  const decoder = new EntryDecoder(what);
  const builder = new LayerIndexBuilder(what);
  let walked = 0;
  walkExtent(fd, extent, decoder, what, (entry, offset, headCrc) => {
    const row = builder.add(entry, offset);
    if (row !== null) builder.setHead(row, headCrc);
    if (++walked % progressEvery === 0) onProgress(offset);
  });
  return {
    index: builder.finish(extent.size, decoder.oddities.list()),
    digests: new ContentDigests(0),
    kept: new Map(),
  };
}
