/**
 * Gathers the pieces of a stream into larger ones. Each has memory of its own, so that it can be given to another thread.
 * @param size bytes of all but the last batch; nothing comes of an empty stream
 */
export async function* batches(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<Buffer<ArrayBuffer>, void, void> {
  let batch = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length;) {
      const copied = piece.copy(batch, filled, at);
      at += copied;
      filled += copied;
      if (filled < size) continue;
      yield batch;
      batch = Buffer.allocUnsafeSlow(size);
      filled = 0;
    }
  }
  if (filled > 0) yield batch.subarray(0, filled);
}
