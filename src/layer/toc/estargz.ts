import { createHash } from 'node:crypto';
import { problem } from '../../errors.ts';
import { cleanPath } from '../clean-path.ts';
import { decompress } from '../compression.ts';
import { EntryType } from '../entry-type.ts';
import type { RemoteBlob } from '../remote-blob.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { TarParser } from '../tar/tar-parser.ts';
import { footerBytes, parseFooter } from './estargz-footer.ts';
import { readRange } from './read-range.ts';
import { parseTocEntry } from './toc-entry.ts';
import { compressedTocLimit, tocDamaged, tocLimit } from './toc-failure.ts';
import { type TocIndex, TocIndexer } from './toc-indexer.ts';
import { TocJson } from './toc-json.ts';

/** The annotation of a layer that has a table of contents; its value is the digest of the table's JSON. */
export const tocDigestAnnotation = 'containerd.io/snapshot/stargz/toc.digest';

const tocName = 'stargz.index.json';

/**
 * Files that say what to fetch ahead. A tar with one of them was made anew from its entries (`estargz.Build`), so that the
 * table of contents is the last of them: whoever unpacks it gets `stargz.index.json` as a file. In one without (BuildKit)
 * the table stands behind the end of the archive, and nobody sees it.
 */
const landmarks: ReadonlySet<string> = new Set(['.prefetch.landmark', '.no.prefetch.landmark']);

/** Where the table of contents is in the blob, from its first byte to before the last. */
interface TocPlace {
  readonly tocOffset: number;
  readonly tocEnd: number;
}

async function locateToc(blob: RemoteBlob, what: string): Promise<TocPlace> {
  const missing = (reason: string): Error => problem('toc-missing', { path: what, reason });
  if (blob.size < footerBytes) throw missing('it is too small for one');
  const footer = parseFooter(await blob.read(blob.size - footerBytes, footerBytes));
  if (footer === null) throw missing('it does not end with the footer of eStargz');
  const { tocOffset } = footer;
  const tocEnd = blob.size - footer.bytes;
  if (tocOffset >= tocEnd) throw tocDamaged(what)('it is outside of the blob');
  if (tocEnd - tocOffset > compressedTocLimit) throw tocDamaged(what)(`it has more than ${compressedTocLimit} bytes`);
  return { tocOffset, tocEnd };
}

/** Indexes an eStargz layer by its table of contents, in two requests: the footer, and the table. */
export async function indexEstargz(blob: RemoteBlob, expected: string, what: string): Promise<TocIndex> {
  const fail = tocDamaged(what);
  const { tocOffset, tocEnd } = await locateToc(blob, what);
  const indexer = new TocIndexer(what, tocEnd, fail);
  const json = new TocJson(fail);
  const hash = createHash('sha256');
  const parser = new TarParser(what);
  let table: { readonly entry: TarEntry; readonly skip: number } | null = null;
  let isListed = false;
  let unpacked = 0;
  for await (const chunk of decompress(readRange(blob, tocOffset, tocEnd), 'gzip', what)) {
    unpacked += chunk.length;
    if (unpacked > tocLimit) throw fail(`it has more than ${tocLimit} bytes`);
    for (const event of parser.push(chunk)) {
      if (event.kind === 'entry') {
        const { entry, offset } = event;
        if (table !== null || entry.path !== tocName || entry.type !== EntryType.file || entry.sparse !== null)
          throw fail(`it is not a file ${tocName}`);
        table = { entry, skip: offset };
      } else if (event.kind === 'content') {
        hash.update(event.piece);
        for (const value of json.push(event.piece)) {
          const entry = parseTocEntry(value, fail);
          indexer.add(entry);
          isListed ||= entry.kind === 'entry' && landmarks.has(cleanPath(entry.entry.path));
        }
      }
    }
  }
  parser.finish();
  const digest = hash.digest();
  const actual = `sha256:${digest.toString('hex')}`;
  if (actual !== expected) throw problem('toc-unverified', { path: what, expected, actual });
  json.finish();
  if (!isListed || table === null) return indexer.finish(tocOffset);
  const chunk = { offset: tocOffset, skip: table.skip, position: 0, size: 0, digest };
  indexer.add({ kind: 'entry', entry: table.entry, digest, chunk });
  return indexer.finish(tocEnd);
}
