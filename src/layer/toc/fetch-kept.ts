import { EntryType } from '../entry-type.ts';
import { type KeptContent, KeptChoice } from '../kept-content.ts';
import type { RemoteBlob } from '../remote-blob.ts';
import { StringReader } from '../string-table.ts';
import { type ChunkedLayer, readChunks } from './read-chunks.ts';

/**
 * The content that a scan would have kept of a layer that was indexed from its table of contents.
 * @param what names the layer in errors
 * @throws LayerscopeError as `readChunks` does
 */
export async function fetchKept(blob: RemoteBlob, layer: ChunkedLayer, what: string): Promise<KeptContent> {
  const { type, name, size, strings, count } = layer.index;
  const names = new StringReader(strings);
  const choice = new KeptChoice();
  const kept = new Map<number, Uint8Array>();
  for (let row = 0; row < count; row++) {
    const bytes = size[row] ?? 0;
    if (type[row] === EntryType.file && choice.takes(names.get(name[row] ?? 0), bytes))
      kept.set(row, new Uint8Array(bytes));
  }
  for await (const { row, position, piece } of readChunks(blob, layer, [...kept.keys()], what))
    kept.get(row)?.set(piece, position);
  return kept;
}
