import { batches } from './batches.ts';
import { emptyLayer } from './empty-layer.ts';
import { chunkSize } from './file-extent.ts';
import type { RemoteBlob } from './remote-blob.ts';
import type { ScannedBlob } from './scan-blob.ts';
import { PassingBlobScan } from './scan-passing.ts';

/**
 * Indexes a layer while its blob arrives. It is read to its end even if the scan is done before, or has failed: only then
 * it is known to be the one that was asked for.
 * @param hashed whether to hash the tar, too
 * @param onProgress told how many bytes of the blob are there
 */
export async function scanRemote(
  what: string,
  remote: RemoteBlob,
  hashed: boolean,
  onProgress: (bytes: number) => void,
): Promise<ScannedBlob> {
  let scan: PassingBlobScan | null = null;
  let done = 0;
  for await (const batch of batches(remote.open(), chunkSize)) {
    scan ??= new PassingBlobScan(what, batch, hashed);
    await scan.push(batch);
    done += batch.length;
    onProgress(done);
  }
  return scan === null ? emptyLayer() : scan.finish();
}
