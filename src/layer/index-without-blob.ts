import { type ErrorCode, LayerscopeError } from '../errors.ts';
import { type Oddity, OddityTally } from '../warnings.ts';
import type { KnownLayers } from './known-layers.ts';
import type { RemoteBlob } from './remote-blob.ts';
import type { ScannedBlob } from './scan-blob.ts';
import { fetchKept } from './toc/fetch-kept.ts';
import { readToc } from './toc/read-toc.ts';

/** What is known of a layer whose blob was not read: its index, or why there is none where there should be one. */
export type Outline =
  { readonly scanned: ScannedBlob } | { readonly scanned: null; readonly oddities: readonly Oddity[] };

/** Failures of a table of contents, and of a registry that does not give parts of a blob: the whole tells the same. */
const tocFailures: ReadonlySet<ErrorCode> = new Set([
  'toc-missing',
  'toc-damaged',
  'toc-unverified',
  'no-ranges',
  'wrong-digest',
  'corrupt-compression',
]);

/**
 * Indexes a layer elsewhere without its blob: from what is known of it, or from its table of contents.
 * @param what names the layer in errors
 * @throws LayerscopeError if the blob cannot be reached at all
 */
export async function indexWithoutBlob(what: string, remote: RemoteBlob, known: KnownLayers | null): Promise<Outline> {
  const before = known?.get(remote.digest);
  if (before) return { scanned: before };
  try {
    const scanned = await readToc(remote, what);
    if (scanned === null) return { scanned: null, oddities: [] };
    const { chunks } = scanned;
    const kept = chunks === null ? scanned.kept : await fetchKept(remote, { ...scanned, chunks }, what);
    const complete = { ...scanned, kept };
    known?.put(remote.digest, complete);
    return { scanned: complete };
  } catch (error) {
    if (!(error instanceof LayerscopeError) || !tocFailures.has(error.code)) throw error;
    const tally = new OddityTally();
    tally.note('toc-unusable', () => error.message);
    return { scanned: null, oddities: tally.list() };
  }
}
